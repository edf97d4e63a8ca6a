import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  Environment,
  Operation,
  OperationPlan,
} from '@greenroom/plugin-environments-common';
import { RiHand } from '@remixicon/react';
import { environmentsApiRef } from '../api';
import { useAction } from '../change/ActionDialog';
import { Failure } from '../feedback/Failure';
import { planSentence } from '../operation/words';
import { Moment } from '../time/Moment';
import { MoveButton } from './OperationActions';
import { moveLabel } from './words';
import styles from './moves.module.css';

/** What a waiting plan will change, until when it waits, and the word that it waits for. */
export function ConfirmPanel(props: {
  operation: Operation;
  environment: Environment;
  plan?: OperationPlan;
}) {
  const { operation, environment, plan } = props;
  const api = useApi(environmentsApiRef);
  const planHash = operation.confirmation?.planHash;
  const confirm = useAction(() =>
    api.confirmOperation(operation.id, { planHash: planHash ?? '' }),
  );
  const move = operation.moves.find(one => one.move === 'confirm');
  const cancel = operation.moves.find(one => one.move === 'cancel');
  // Nobody should confirm what the page does not show.
  const shown = plan !== undefined && plan.hash === planHash;
  const replaced = plan ? countReplaced(plan) : 0;

  return (
    <section className={styles.panel} aria-labelledby="confirm-title">
      <RiHand size={20} aria-hidden="true" />
      <div className={styles.words}>
        {confirm.isError && (
          <Failure error={confirm.error} what="The plan was not confirmed" />
        )}
        <h3 id="confirm-title" className={styles.title}>
          {operation.plan
            ? `This plan waits for a word: ${planSentence(operation.plan)}.`
            : 'This plan waits for a word.'}
        </h3>
        <div>
          {replaced > 0 && (
            <strong>
              {replaced === 1
                ? '1 resource is replaced, its data is lost. '
                : `${replaced} resources are replaced, their data is lost. `}
            </strong>
          )}
          {operation.confirmation?.until ? (
            <>
              Not confirmed by{' '}
              <strong>
                <Moment at={operation.confirmation.until} inWords />
              </strong>
              , it is cancelled and nothing is changed.
            </>
          ) : (
            'Nothing is changed before.'
          )}
        </div>
        <div className={styles.buttons}>
          {move && (
            <Button
              variant="primary"
              isDisabled={!move.allowed || !shown}
              isPending={confirm.isPending}
              aria-describedby={move.allowed ? undefined : 'confirm-reason'}
              onPress={() => confirm.mutate(undefined)}
            >
              {moveLabel('confirm', operation)}
            </Button>
          )}
          {cancel && (
            <MoveButton
              variant="secondary"
              move={cancel}
              operation={operation}
              environment={environment}
            />
          )}
          {move && !move.allowed && (
            <span id="confirm-reason">{move.reason}</span>
          )}
        </div>
      </div>
    </section>
  );
}

function countReplaced({ components }: OperationPlan): number {
  return components
    .flatMap(({ changes }) => changes)
    .filter(({ action }) => action === 'replace').length;
}
