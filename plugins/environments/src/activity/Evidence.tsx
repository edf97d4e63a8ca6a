import {
  JsonObject,
  LeaseLedgerEntry,
} from '@greenroom/plugin-environments-common';
import { Moment } from '../time/Moment';
import { signalText } from './words';
import styles from './activity.module.css';

/** What an entry of a ledger goes by that came of use, or of none. */
export function Evidence({ entry }: { entry: LeaseLedgerEntry }) {
  const { kind, detail } = entry;
  if (kind !== 'idle' && kind !== 'activity') return null;
  const { signals, probes } = detail;
  const seen = kind === 'activity' ? [detail] : objects(signals);
  const asked = objects(probes).map(({ name, ...said }) => ({
    ...said,
    signal: `probe:${name}`,
  }));
  return (
    <>
      {[...seen, ...asked].map((each: JsonObject) => (
        <span key={String(each.signal)} className={styles.evidence}>
          {signalText({
            signal: String(each.signal),
            evidence: {
              by: text(each.by),
              value: text(each.value),
              note: text(each.note),
            },
          })}
          {typeof each.at === 'string' && (
            <>
              , <Moment at={each.at} inWords />
            </>
          )}
        </span>
      ))}
    </>
  );
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
