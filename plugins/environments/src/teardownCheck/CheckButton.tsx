import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  Environment,
  environmentDestroyPermission,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { blockedReason } from '../change/blocked';
import { keys } from '../data/keys';
import { useOperation } from '../data/operationQueries';
import { isOperationUnfinished } from '../data/pace';
import { Failure } from '../feedback/Failure';
import styles from './teardownCheck.module.css';

/** Plans the destroy, and says so until the verdict is there. */
export function CheckButton({ environment }: { environment: Environment }) {
  const { id, name, activeOperation } = environment;
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const check = useMutation({
    mutationFn: () => api.checkTeardown(id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.live }),
  });
  const running = useOperation(check.data?.id).data ?? check.data;
  const permission = usePermission({
    permission: environmentDestroyPermission,
    resourceRef: id,
  });
  const blocked = activeOperation
    ? 'Another operation is under way.'
    : blockedReason(environment, 'destroy', permission);
  return (
    <>
      <Button
        variant="secondary"
        isDisabled={blocked !== undefined}
        isPending={
          check.isPending ||
          (running !== undefined && isOperationUnfinished(running.state))
        }
        onPress={() => check.mutate()}
      >
        Check the teardown
      </Button>
      {blocked && <span className={styles.quiet}>{blocked}</span>}
      {check.isError && (
        <Failure
          error={check.error}
          what={`The teardown of ${name} was not checked`}
        />
      )}
    </>
  );
}
