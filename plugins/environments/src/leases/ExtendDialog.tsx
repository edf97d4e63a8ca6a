import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import { EnvironmentLease } from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { createKey } from '../data/createKey';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { blockedAction } from './actions';
import { AskDialog } from './AskDialog';
import { extensionChoices } from './extensions';
import changeStyles from '../change/change.module.css';
import styles from './leases.module.css';

/** Asks how far, says when it would end then, and extends. */
export function ExtendDialog(props: {
  name: string;
  lease: EnvironmentLease;
  onClose: () => void;
}) {
  const { name, lease, onClose } = props;
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const choices = extensionChoices(lease, useNow(15_000));
  const [chosen, setChosen] = useState(choices[0]);
  const [reason, setReason] = useState('');
  const [key] = useState(createKey);
  const [isAsking, setAsking] = useState(false);
  const extension = useMutation({
    mutationFn: () =>
      api.extendLease(
        lease.environmentId,
        {
          until: chosen.until,
          reason: reason.trim() || undefined,
          revision: lease.revision,
        },
        // Another length is another request.
        { idempotencyKey: `${key}-${chosen.id}` },
      ),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keys.live });
      onClose();
    },
  });
  const { left } = lease.extension;
  if (isAsking) return <AskDialog lease={lease} onClose={onClose} />;
  return (
    <Dialog width={520} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{`Extend ${name}`}</DialogHeader>
      <DialogBody>
        {extension.isError && (
          <Failure error={extension.error} what={`${name} was not extended`} />
        )}
        <p className={styles.consequence}>
          It ends <Moment at={chosen.until} inWords /> then, instead of{' '}
          <Moment at={lease.expiresAt ?? chosen.until} inWords />.{' '}
          {left !== undefined && leftText(left)}{' '}
          {lease.maxExpiresAt && (
            <>
              Its maximum is <Moment at={lease.maxExpiresAt} inWords />.
            </>
          )}
        </p>
        <div className={changeStyles.asked}>
          <Select
            label="By"
            options={choices.map(({ id, label }) => ({ id, label }))}
            value={chosen.id}
            onChange={id =>
              setChosen(choices.find(one => one.id === id) ?? chosen)
            }
          />
          <TextField
            label="Reason"
            secondaryLabel="Optional"
            description="Stands on the record."
            value={reason}
            onChange={setReason}
          />
        </div>
        {!blockedAction(lease, 'ask') && (
          <p className={styles.further}>
            Longer than that is beyond its limits.
            <Button variant="tertiary" onPress={() => setAsking(true)}>
              Ask for more time…
            </Button>
          </p>
        )}
      </DialogBody>
      <DialogFooter className={changeStyles.footer}>
        <Button variant="secondary" slot="close">
          Leave it as it is
        </Button>
        <Button
          variant="primary"
          isPending={extension.isPending}
          onPress={() => extension.mutate()}
        >
          {`Extend ${name} by ${chosen.length}`}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function leftText(left: number): string {
  return left === 1
    ? 'It is the last extension that it can have.'
    : `It can be extended ${left} times more, this one included.`;
}
