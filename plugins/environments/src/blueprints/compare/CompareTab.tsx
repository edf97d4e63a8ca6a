import { ButtonIcon, Select, Skeleton } from '@backstage/ui';
import {
  Blueprint,
  BlueprintComparison,
} from '@greenroom/plugin-environments-common';
import { RiArrowLeftRightLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { useComparison } from '../../data/blueprintQueries';
import { Failure } from '../../feedback/Failure';
import { Notice } from '../../feedback/Notice';
import { VERSION_VIEWS } from '../../state/states';
import { ChangesReport } from './ChangesReport';
import { FileDiffs } from './FileDiffs';
import { ImpactSection } from './ImpactSection';
import styles from './compare.module.css';

/** Two versions beside each other, and what the step from one to the other would mean. */
export function CompareTab({ blueprint }: { blueprint: Blueprint }) {
  const { name, versionList } = blueprint;
  const [parameters, setParameters] = useSearchParams();
  const usual = usualPair(blueprint);
  const from = parameters.get('from') || usual.from;
  const to = parameters.get('to') || usual.to;
  const change = (pair: { from: string; to: string }) =>
    setParameters({ tab: 'compare', ...pair }, { replace: true });

  if (versionList.length < 2) {
    return (
      <Notice title="There is only one version">
        Once another is published, or kept as a draft, what differs shows here.
      </Notice>
    );
  }
  const options = versionList.map(({ version, status }) => ({
    id: version,
    label:
      status === 'published'
        ? version
        : `${version}, ${VERSION_VIEWS[status].word.toLowerCase()}`,
  }));
  return (
    <div className={styles.compare}>
      <div className={styles.pair} role="search" aria-label="Versions">
        <Select
          label="From"
          options={options}
          value={from}
          onChange={key => change({ from: String(key), to })}
        />
        <ButtonIcon
          variant="secondary"
          aria-label="Swap the versions"
          icon={<RiArrowLeftRightLine />}
          onPress={() => change({ from: to, to: from })}
        />
        <Select
          label="To"
          options={options}
          value={to}
          onChange={key => change({ from, to: String(key) })}
        />
      </div>
      {from === to ? (
        <Notice title="Both are the same version">
          Pick another one to compare it with.
        </Notice>
      ) : (
        <Compared key={`${from} ${to}`} name={name} from={from} to={to} />
      )}
    </div>
  );
}

function Compared(props: { name: string; from: string; to: string }) {
  const { name, from, to } = props;
  const comparison = useComparison(name, { from, to });
  return (
    <>
      {comparison.isError && !comparison.data && (
        <Failure
          error={comparison.error}
          what={`${from} and ${to} could not be compared`}
          onRetry={comparison.refetch}
        />
      )}
      {comparison.isPending && (
        <div aria-busy="true">
          <Skeleton width={320} height={20} />
          <Skeleton width="100%" height={240} />
        </div>
      )}
      {comparison.data && (
        <>
          <p className={styles.answer}>{answerOf(comparison.data)}</p>
          <ChangesReport changes={comparison.data.changes} />
          <ImpactSection name={name} from={from} to={to} />
          <FileDiffs files={comparison.data.files} />
        </>
      )}
    </>
  );
}

function answerOf({ changes, files, from, to }: BlueprintComparison) {
  const breaking = changes.filter(change => change.breaking).length;
  const count = (many: number, one: string, more: string) =>
    `${many} ${many === 1 ? one : more}`;
  if (changes.length + files.length === 0) {
    return `${from} and ${to} differ in nothing but their number.`;
  }
  const what = [
    count(changes.length, 'change', 'changes'),
    count(files.length, 'file differs', 'files differ'),
  ].join(', ');
  return breaking === 0
    ? `${what}. None keeps an environment from being upgraded.`
    : `${what}. ${breaking} may break what runs on ${from}.`;
}

/** From what is offered to the newest; where that is one, from the one before it. */
function usualPair({ recommendedVersion, versionList }: Blueprint) {
  const names = versionList.map(({ version }) => version);
  const to = names[0] ?? '';
  const from =
    recommendedVersion && recommendedVersion !== to
      ? recommendedVersion
      : (names[1] ?? '');
  return { from, to };
}
