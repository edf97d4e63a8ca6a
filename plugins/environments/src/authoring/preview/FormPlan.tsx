import {
  BlueprintDocument,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { useMemo } from 'react';
import { FormPreview } from '../../blueprints/FormPreview';
import { sortProblems } from '../../create/problems';
import { PlanButton } from './PlanButton';
import { TrialReport } from './TrialReport';
import { Trial } from './useTrial';

const ID = 'form';

/** The form as it stands, and the plan of what is typed into it. */
export function FormPlan(props: {
  schema: JsonObject;
  /** Absent while something is wrong with it. */
  document?: BlueprintDocument;
  problems: number;
  trial: Trial;
}) {
  const { schema, document, problems, trial } = props;
  const isOwn = trial.subject?.id === ID;
  const refused = isOwn ? trial.problems : undefined;
  const { inputs: serverErrors } = useMemo(
    () => sortProblems(refused ?? []),
    [refused],
  );
  return (
    <>
      <FormPreview
        schema={schema}
        serverErrors={serverErrors}
        footer={use => (
          <PlanButton
            label="Plan with these inputs"
            problems={problems}
            trial={trial}
            onPress={() =>
              use(
                inputs =>
                  document &&
                  trial.plan({ id: ID, name: 'form', inputs }, document),
              )
            }
          />
        )}
      />
      {isOwn && <TrialReport trial={trial} />}
    </>
  );
}
