import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  TextField,
} from '@backstage/ui';
import {
  Environment,
  environmentDestroyPermission,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { environmentsApiRef } from '../api';
import { rememberOperation } from '../data/rememberOperation';
import { Failure } from '../feedback/Failure';
import { usePaths } from '../portal/paths';
import { destroyBlockedReason } from './destroyReason';
import { Losses } from './Losses';
import styles from './environment.module.css';

/** Destroys after saying what will be lost, and leads to the operation that does it. */
export function DestroyButton({ environment }: { environment: Environment }) {
  const permission = usePermission({
    permission: environmentDestroyPermission,
    resourceRef: environment.id,
  });
  const blocked = destroyBlockedReason(environment, permission);
  return (
    <span className={styles.action}>
      {blocked && <span className={styles.reason}>{blocked}</span>}
      <DialogTrigger>
        <Button
          variant="secondary"
          isDisabled={blocked !== undefined}
          className={`${styles.destroy} ${blocked ? '' : styles.destructive}`}
        >
          {`Destroy ${environment.name}…`}
        </Button>
        <DestroyDialog environment={environment} />
      </DialogTrigger>
    </span>
  );
}

function DestroyDialog({ environment }: { environment: Environment }) {
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const navigate = useNavigate();
  const paths = usePaths();
  const [reason, setReason] = useState('');
  const destroy = useMutation({
    mutationFn: () =>
      api.destroyEnvironment(environment.id, {
        reason: reason.trim() || undefined,
      }),
    onSuccess: operation => {
      rememberOperation(client, environment, operation);
      navigate(paths.operation(environment, operation));
    },
  });

  return (
    <Dialog width={520}>
      <DialogHeader>Destroy {environment.name}</DialogHeader>
      <DialogBody>
        {destroy.isError && (
          <Failure
            error={destroy.error}
            what={`${environment.name} was not destroyed`}
          />
        )}
        <Losses environment={environment} />
        <TextField
          label="Reason"
          secondaryLabel="Optional"
          description="Stands on the record of the operation."
          value={reason}
          onChange={setReason}
        />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Keep {environment.name}
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={destroy.isPending}
          onPress={() => destroy.mutate()}
        >
          Destroy {environment.name}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
