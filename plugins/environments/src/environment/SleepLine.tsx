import { EnvironmentSchedule } from '@greenroom/plugin-environments-common';
import { Moment } from '../time/Moment';

/** When it sleeps or wakes next, by whose clock, and who says so. */
export function SleepLine({
  schedule,
  asleep,
}: {
  schedule: EnvironmentSchedule;
  /** It is paused. */
  asleep: boolean;
}) {
  const { next, rule, timeZone, sleep, wake, holidays } = schedule;
  const whose =
    rule === 'blueprint' ? "its blueprint's schedule" : "the portal's schedule";
  const lines = [
    `Sleeps at ${sleep}`,
    wake ? `wakes at ${wake}` : 'wakes when somebody wakes it',
    `${timeZone}${holidays ? `, not on the holidays of ${holidays}` : ''}`,
  ];
  return (
    <span title={lines.join('; ')}>
      {next ? (
        <>
          {wordsOf(next.kind, asleep)}{' '}
          <strong>
            <Moment at={next.at} inWords />
          </strong>
          , by {whose} in {timeZone}.
        </>
      ) : (
        <>By {whose} it sleeps no more.</>
      )}
    </span>
  );
}

/** Before the moment at which its schedule wants something; somebody may have done so before. */
function wordsOf(next: 'sleep' | 'wake', asleep: boolean): string {
  if (next === 'sleep') return asleep ? 'Would sleep from' : 'Sleeps';
  return asleep ? 'Wakes' : 'Awake, though it would sleep until';
}
