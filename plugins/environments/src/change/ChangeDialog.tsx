import { useApi } from '@backstage/frontend-plugin-api';
import { Environment } from '@greenroom/plugin-environments-common';
import { environmentsApiRef } from '../api';
import { operationName } from '../operation/words';
import { ActionDialog } from './ActionDialog';
import { Losses } from './Losses';
import { CHANGES, DialogChange } from './words';

/** Asks before a change that needs no inputs. */
export function ChangeDialog(props: {
  environment: Environment;
  kind: DialogChange;
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const { environment, kind, isOpen, onOpenChange } = props;
  const api = useApi(environmentsApiRef);
  const { verb, keep, notDone, consequence } = CHANGES[kind];
  const { id, name, activeOperation } = environment;
  return (
    <ActionDialog
      title={`${verb} ${name}`}
      keep={keep(name)}
      notDone={notDone(name)}
      destructive={kind === 'destroy'}
      reason="optional"
      plans
      behind={activeOperation && operationName(activeOperation)}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      onAct={(asked, keyed) =>
        api.submitOperation(id, { kind, ...asked }, keyed)
      }
    >
      {kind === 'destroy' ? (
        <Losses environment={environment} />
      ) : (
        <p>{consequence}</p>
      )}
    </ActionDialog>
  );
}
