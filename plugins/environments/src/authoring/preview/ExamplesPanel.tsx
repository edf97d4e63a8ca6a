import {
  BlueprintDocument,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { Fragment, useMemo } from 'react';
import { problemText } from '../../create/problems';
import { Card } from '../../portal/Card';
import { PlanButton } from './PlanButton';
import { TrialReport } from './TrialReport';
import { Tried, TriedComponent, tryOut } from './tryOut';
import { Trial } from './useTrial';
import styles from '../authoring.module.css';

/** Each example with what its components would be given, to plan; the defaults where there is none. */
export function ExamplesPanel(props: {
  document?: BlueprintDocument;
  /** How many there are in the text and its files. */
  problems: number;
  trial: Trial;
}) {
  const { document, problems, trial } = props;
  const examples = useMemo(() => {
    if (!document) return [];
    const written = document.spec.examples;
    const all =
      written.length > 0
        ? written
        : [{ name: 'defaults', description: '', inputs: {} }];
    return all.map(example => ({
      ...example,
      tried: tryOut(document, example.inputs),
    }));
  }, [document]);

  if (!document) {
    return (
      <p className={styles.quiet}>
        Examples are resolved once nothing is wrong with the document.
      </p>
    );
  }
  return (
    <div className={styles.examples}>
      {examples.map(({ name, description, inputs, tried }) => (
        <Fragment key={name}>
          <Card title={name} aside={description}>
            <TriedExample tried={tried} />
            <PlanButton
              label={`Plan ${name}`}
              problems={problems + tried.problems.length}
              trial={trial}
              onPress={() =>
                trial.plan({ id: `example ${name}`, name, inputs }, document)
              }
            />
          </Card>
          {trial.subject?.id === `example ${name}` && (
            <TrialReport trial={trial} />
          )}
        </Fragment>
      ))}
      <p className={styles.quiet}>
        As for an environment called example. What a component gives is known
        once it is made: ‹site.url› stands for it.
      </p>
    </div>
  );
}

function TriedExample({ tried }: { tried: Tried }) {
  return (
    <dl className={styles.tried}>
      <dt>Inputs</dt>
      <dd>
        <Values values={tried.inputs} />
      </dd>
      {tried.problems.map((problem, index) => (
        <dd key={index} className={styles.wrong}>
          {problemText(problem)}
        </dd>
      ))}
      {tried.components.map(component => (
        <div key={component.id} className={styles.triedPair}>
          <dt>{component.id}</dt>
          <dd>
            <Given component={component} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Given({ component }: { component: TriedComponent }) {
  switch (component.kind) {
    case 'given':
      return <Values values={component.given} />;
    case 'absent':
      return <>not there: its condition is false</>;
    case 'failed':
      return (
        <span className={styles.wrong}>{problemText(component.problem)}</span>
      );
    default: {
      const unknown: never = component;
      return unknown;
    }
  }
}

function Values({ values }: { values: JsonObject }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return <>nothing</>;
  return (
    <ul className={styles.values}>
      {entries.map(([name, value]) => (
        <li key={name}>
          <code>
            {name}: {JSON.stringify(value)}
          </code>
        </li>
      ))}
    </ul>
  );
}
