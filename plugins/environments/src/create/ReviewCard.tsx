import {
  Blueprint,
  BlueprintVersion,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { costText } from '../cost/words';
import { Card } from '../portal/Card';
import { StateBadge } from '../state/StateBadge';
import { StateView } from '../state/states';
import { formatTook } from '../time/format';
import { problemText } from './problems';
import { DryRun } from './useDryRun';
import styles from './create.module.css';

const CHECKS: Record<DryRun['state'], StateView> = {
  incomplete: {
    word: 'Some fields are open',
    shape: 'hollow',
    tone: 'neutral',
  },
  checking: { word: 'Checking', shape: 'ring', tone: 'info' },
  fine: { word: 'Nothing stands against it', shape: 'tick', tone: 'success' },
  refused: {
    word: 'It can’t be created like this',
    shape: 'cross',
    tone: 'danger',
  },
  unknown: {
    word: 'Checked when you create it',
    shape: 'dash',
    tone: 'neutral',
  },
};

const WARNED: StateView = {
  word: 'Possible, with a warning',
  shape: 'half',
  tone: 'warning',
};

/** What will be made, how long that takes, and whether the server agrees. */
export function ReviewCard(props: {
  blueprint: Blueprint;
  version: BlueprintVersion;
  dryRun: DryRun;
}) {
  const { blueprint, version, dryRun } = props;
  const { warnBeforeSeconds } = version.ttl;
  return (
    <Card title="What you get" aside={`${version.name} ${version.version}`}>
      <dl className={styles.facts}>
        <dt>Components</dt>
        <dd>
          {version.components.map(({ id, driver }) => (
            <div key={id}>
              {id} <span className={styles.quiet}>{driver}</span>
            </div>
          ))}
        </dd>
        {version.outputs.length > 0 && (
          <>
            <dt>Hands out</dt>
            <dd>
              {version.outputs.map(({ name, title }) => (
                <div key={name}>{title || name}</div>
              ))}
            </dd>
          </>
        )}
        <dt>Takes</dt>
        <dd>
          {blueprint.typicalCreateSeconds === undefined
            ? 'not known yet'
            : `about ${formatTook(blueprint.typicalCreateSeconds * 1000)}`}
        </dd>
        {dryRun.cost && (
          <>
            <dt>Costs</dt>
            <dd>{costText(dryRun.cost)}</dd>
          </>
        )}
        <dt>Warns</dt>
        <dd>
          {warnBeforeSeconds.length === 0
            ? 'not beforehand'
            : `${warnBeforeSeconds.map(formatDurationSeconds).join(' and ')} before it ends`}
        </dd>
        <dt>Check</dt>
        <dd aria-live="polite">
          <StateBadge
            view={dryRun.warnings.length > 0 ? WARNED : CHECKS[dryRun.state]}
          />
          {dryRun.warnings.map(warning => (
            <div key={warning.code}>{problemText(warning)}</div>
          ))}
        </dd>
      </dl>
    </Card>
  );
}
