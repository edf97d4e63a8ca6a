import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonLink, Checkbox } from '@backstage/ui';
import {
  BlueprintVersion,
  Environment,
  EnvironmentUpgrade,
  environmentUpdatePermission,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { FormEvent, useState } from 'react';
import { environmentsApiRef } from '../api';
import { InputsForm } from '../create/inputs/InputsForm';
import { OtherProblems } from '../create/OtherProblems';
import { sortProblems } from '../create/problems';
import { createKey } from '../data/createKey';
import { Failure } from '../feedback/Failure';
import { operationName } from '../operation/words';
import { PlanPreview } from '../plan/PlanPreview';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import { useAction } from './ActionDialog';
import { blockedReason } from './blocked';
import { NewInputs } from './NewInputs';
import { UpgradeReport } from './UpgradeReport';
import { useInputs, withoutNames } from './useInputs';
import { usePlanOf } from './usePlanOf';
import styles from './change.module.css';

/** The inputs as they are now, to be changed; beside them what the change would come to. */
export function ChangeInputsForm(props: {
  kind: 'update' | 'upgrade';
  environment: Environment;
  version: BlueprintVersion;
  presentVersion: BlueprintVersion;
  /** Of an upgrade. */
  upgrade?: EnvironmentUpgrade;
}) {
  const { kind, environment, version, presentVersion, upgrade } = props;
  const { id, name, activeOperation } = environment;
  const api = useApi(environmentsApiRef);
  const paths = usePaths();
  const form = useInputs(
    version,
    withoutNames(environment.inputs, upgrade?.drops ?? []),
    environment.secretInputs,
  );
  const [submitted, setSubmitted] = useState(false);
  const [confirm, setConfirm] = useState(false);
  const [queue, setQueue] = useState(false);
  const [idempotencyKey] = useState(createKey);
  const permission = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: id,
  });
  const blocked = blockedReason(environment, kind, permission);
  const request = {
    kind,
    inputs: form.inputs,
    version: kind === 'upgrade' ? version.version : undefined,
    whenBusy: queue ? ('queue' as const) : undefined,
  };
  const plan = usePlanOf(() =>
    api.submitOperation(id, { ...request, dryRun: true }),
  );
  const change = useAction(() =>
    api.submitOperation(
      id,
      { ...request, confirm: confirm || undefined },
      { idempotencyKey },
    ),
  );
  const error = change.error ?? plan.error;
  const refused = error instanceof ProblemsError ? error : null;
  const problems = sortProblems(form.changed ? [] : (refused?.problems ?? []));
  const mustQueue = activeOperation !== undefined && !queue;
  const verb = kind === 'update' ? 'Update' : 'Upgrade';

  const attempt = (act: () => void) => {
    setSubmitted(true);
    if (!form.complete) return;
    form.settle();
    act();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt(() => change.mutate(undefined));
  };

  return (
    <form onSubmit={submit} noValidate>
      {error && (!refused || refused.problems.length === 0) && (
        <Failure error={error} what={`${name} was not changed`} />
      )}
      <OtherProblems problems={problems.others} />
      <div className={styles.inputs}>
        <div>
          {kind === 'upgrade' && (
            <NewInputs version={version} presentVersion={presentVersion} />
          )}
          <InputsForm
            schema={form.schema}
            inputs={form.inputs}
            serverErrors={problems.inputs}
            context={{ touched: form.touched, submitted }}
            onChange={form.change}
            onTouch={form.touch}
          />
        </div>
        <div className={styles.beside}>
          {upgrade && (
            <Card title={`From ${upgrade.from} to ${version.version}`}>
              <UpgradeReport upgrade={upgrade} />
            </Card>
          )}
          {plan.operation ? (
            <PlanPreview
              key={plan.operation.id}
              operationId={plan.operation.id}
            />
          ) : (
            <Card title="Plan">
              <p className={styles.hint}>
                Show the plan to see what would change, resource by resource. A
                dry run changes nothing.
              </p>
            </Card>
          )}
        </div>
      </div>
      <div className={styles.bar}>
        <span className={styles.barText}>
          {blocked ??
            (form.same && kind === 'update' && 'Nothing is different yet.')}
        </span>
        {activeOperation && (
          <Checkbox isSelected={queue} onChange={setQueue}>
            {`Queue behind ${operationName(activeOperation)}, which is under way`}
          </Checkbox>
        )}
        <Checkbox isSelected={confirm} onChange={setConfirm}>
          Wait for my word before applying
        </Checkbox>
        <ButtonLink href={paths.environment(environment)} variant="tertiary">
          {`Leave ${name} as it is`}
        </ButtonLink>
        <Button
          variant="secondary"
          isDisabled={blocked !== undefined || mustQueue}
          isPending={plan.isPending}
          onPress={() => attempt(plan.show)}
        >
          Show the plan
        </Button>
        <Button
          type="submit"
          isDisabled={blocked !== undefined || mustQueue}
          isPending={change.isPending}
        >
          {kind === 'upgrade'
            ? `${verb} ${name} to ${version.version}`
            : `${verb} ${name}`}
        </Button>
      </div>
    </form>
  );
}
