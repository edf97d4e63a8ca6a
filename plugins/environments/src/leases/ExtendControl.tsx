import { Button, Link, Skeleton } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { usePaths } from '../portal/paths';
import { formatMoment, momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { blockedAction } from './actions';
import { AskDialog } from './AskDialog';
import { ExtendDialog } from './ExtendDialog';
import { extensionChoices, usedText } from './extensions';
import { useLease } from './useLease';
import styles from './leases.module.css';

/** Extends the lease of an environment: what the button would do stands on it, or why it does nothing. */
export function ExtendControl({ environment }: { environment: Environment }) {
  const { id, name } = environment;
  const lease = useLease(id).data;
  const now = useNow(15_000);
  const paths = usePaths();
  const [asking, setAsking] = useState<'extend' | 'ask'>();
  if (!lease) return <Skeleton width={216} height={32} />;
  if (!lease.expiresAt) return null;

  const blocked = lease.rights.extend
    ? lease.extension.problem?.message
    : 'You may not extend it.';
  const [usual] = blocked === undefined ? extensionChoices(lease, now) : [];
  return (
    <span className={styles.extend}>
      <Button
        variant="secondary"
        isDisabled={!usual}
        onPress={() => setAsking('extend')}
      >
        {usual
          ? `Extend ${usual.length}, to ${formatMoment(usual.until, { now })}`
          : 'Extend'}
      </Button>
      <span className={styles.quiet}>
        {blocked ? momentsInWords(blocked, { now }) : usedText(lease)}
      </span>
      {!usual && !blockedAction(lease, 'ask') && (
        <Button variant="secondary" onPress={() => setAsking('ask')}>
          Ask for more time…
        </Button>
      )}
      {lease.moreTime?.state === 'waiting' && (
        <Link href={`${paths.environment(environment)}?tab=lease`}>
          More time is asked for, until{' '}
          <Moment at={lease.moreTime.until} inWords />
        </Link>
      )}
      {asking === 'extend' && (
        <ExtendDialog
          name={name}
          lease={lease}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'ask' && (
        <AskDialog lease={lease} onClose={() => setAsking(undefined)} />
      )}
    </span>
  );
}
