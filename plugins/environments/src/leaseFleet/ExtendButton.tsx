import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import { LeaseSummary } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { Failure } from '../feedback/Failure';
import { blockedAction } from '../leases/actions';
import { AskDialog } from '../leases/AskDialog';
import { ExtendDialog } from '../leases/ExtendDialog';
import { extensionChoices } from '../leases/extensions';
import { useLease } from '../leases/useLease';
import { useNow } from '../time/useNow';
import styles from './leaseFleet.module.css';

/** What is known of a lease before somebody asks to extend it. */
type ListedLease = Pick<
  LeaseSummary,
  'environmentId' | 'environmentName' | 'expiresAt'
>;

/** Extends a lease of a list; how far it may go is read when somebody asks. */
export function ExtendButton({ lease }: { lease: ListedLease }) {
  const [asking, setAsking] = useState(false);
  const { environmentName: name } = lease;
  return (
    <>
      <Button
        variant="tertiary"
        size="small"
        className={styles.extend}
        isDisabled={!lease.expiresAt}
        aria-label={`Extend ${name}…`}
        onPress={() => setAsking(true)}
      >
        Extend…
      </Button>
      {asking && <Asking lease={lease} onClose={() => setAsking(false)} />}
    </>
  );
}

function Asking(props: { lease: ListedLease; onClose: () => void }) {
  const { lease, onClose } = props;
  const { environmentId, environmentName: name } = lease;
  const { data, error, refetch } = useLease(environmentId);
  const now = useNow(15_000);
  const [isAsking, setAsking] = useState(false);
  const isPossible =
    data?.rights.extend &&
    data.extension.problem === undefined &&
    extensionChoices(data, now).length > 0;
  if (isAsking && data) return <AskDialog lease={data} onClose={onClose} />;
  if (isPossible) {
    return <ExtendDialog name={name} lease={data} onClose={onClose} />;
  }
  return (
    <Dialog width={520} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{`Extend ${name}`}</DialogHeader>
      <DialogBody>
        {data && (
          <p>
            {data.rights.extend
              ? (data.extension.problem?.message ??
                'It ends at the latest moment that is allowed.')
              : `You may not extend ${name}.`}{' '}
            {data.rights.extend && data.extension.problem?.remedy}
          </p>
        )}
        {error && !data && (
          <Failure
            error={error}
            what="Its lease could not be read"
            onRetry={refetch}
          />
        )}
        {!data && !error && <Skeleton width="100%" height={60} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Close
        </Button>
        {data && !blockedAction(data, 'ask') && (
          <Button variant="primary" onPress={() => setAsking(true)}>
            Ask for more time…
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
