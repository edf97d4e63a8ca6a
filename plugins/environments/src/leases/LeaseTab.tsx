import { Button, MenuTrigger, Skeleton } from '@backstage/ui';
import {
  Environment,
  EnvironmentLease,
  formatDurationSeconds,
  LeaseLedgerEntry,
} from '@greenroom/plugin-environments-common';
import { RiArrowDownSLine } from '@remixicon/react';
import { useState } from 'react';
import { Evidence } from '../activity/Evidence';
import { ActionMenu } from '../change/ActionMenu';
import { EntityLink } from '../entity/EntityLink';
import { FIRST_PAGE, PAGE_SIZE, PagePlace } from '../list/page';
import { PagedList } from '../list/PagedList';
import { DataTable } from '../portal/DataTable';
import { momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import { TeardownCheckLine } from '../teardownCheck/TeardownCheckLine';
import { MoreTimeNote } from './MoreTimeNote';
import { useLease, useLeaseEntries } from './useLease';
import { useLeaseActions } from './useLeaseActions';
import { ENTRY_WORDS, systemName } from './words';
import styles from './leases.module.css';

/** Why it ends when it does: the rules in force, and all that has happened to its lease. */
export function LeaseTab({ environment }: { environment: Environment }) {
  const { id, state } = environment;
  const lease = useLease(id);
  const actions = useLeaseActions(environment);
  const gone = state === 'destroyed';
  const [place, setPlace] = useState<PagePlace>(FIRST_PAGE);
  const entries = useLeaseEntries(id, {
    cursor: place.cursor,
    limit: PAGE_SIZE,
  });
  return (
    <>
      <div className={styles.above}>
        {lease.data && <Rules lease={lease.data} />}
        {!gone && (
          <MenuTrigger>
            <Button variant="secondary" iconEnd={<RiArrowDownSLine />}>
              Change the lease
            </Button>
            <ActionMenu items={actions.items} />
          </MenuTrigger>
        )}
      </div>
      {actions.dialog}
      {lease.data && !gone && <MoreTimeNote lease={lease.data} />}
      {!gone && <TeardownCheckLine environment={environment} />}
      <PagedList
        what="The ledger of the lease could not be read"
        list={entries}
        place={place}
        onPlace={setPlace}
        empty={null}
      >
        {entries.data ? (
          <DataTable
            label="Ledger of the lease"
            columns={['When', 'What', 'By', 'Why', 'Rule', 'Ends then']}
            stacks
          >
            {entries.data.items.map(entry => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </DataTable>
        ) : (
          <Skeleton width="100%" height={216} />
        )}
      </PagedList>
    </>
  );
}

function EntryRow({ entry }: { entry: LeaseLedgerEntry }) {
  const { kind, at, actor, reason, rule, expiresBefore, expiresAfter } = entry;
  const system = systemName(actor);
  const now = useNow(15_000);
  const moved = kind === 'grant' || expiresBefore !== expiresAfter;
  return (
    <tr>
      <td className={styles.word}>
        <Moment at={at} inWords />
      </td>
      <td className={styles.word}>{ENTRY_WORDS[kind]}</td>
      <td className={styles.word}>
        {system ?? <EntityLink entityRef={actor} />}
      </td>
      <td className={styles.why}>
        {momentsInWords(reason, { now })}
        <Evidence entry={entry} />
      </td>
      <td>
        <code className={styles.rule}>{rule}</code>
      </td>
      <td className={`${styles.word} ${moved ? '' : styles.unmoved}`}>
        {expiresAfter ? <Moment at={expiresAfter} inWords /> : 'never'}
      </td>
    </tr>
  );
}

/** The limits of the lease, each with the rule that sets it. */
function Rules({ lease: { rules } }: { lease: EnvironmentLease }) {
  const lengths = (
    [
      ['Usual length', rules.default],
      ['At least', rules.min],
      ['At most', rules.max],
      ['One extension', rules.extendBy],
      ['One hold', rules.holdMax],
    ] as const
  ).flatMap(([word, limit]) =>
    limit
      ? [{ word, value: formatDurationSeconds(limit.value), rule: limit.rule }]
      : [],
  );
  const limits = [
    ...lengths,
    ...(rules.extensions
      ? [
          {
            word: 'Extensions',
            value: String(rules.extensions.value),
            rule: rules.extensions.rule,
          },
        ]
      : []),
  ];
  if (limits.length === 0) return null;
  return (
    <dl className={styles.rules} aria-label="Limits of the lease">
      {limits.map(({ word, value, rule }) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd title={rule}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
