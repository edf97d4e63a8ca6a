import { EnvironmentSchedule } from '@greenroom/plugin-environments-common';
import { Moment } from '../time/Moment';

/** When it sleeps or wakes next, by whose clock, and who says so. */
export function SleepLine({ schedule }: { schedule: EnvironmentSchedule }) {
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
          {next.kind === 'sleep' ? 'Sleeps' : 'Wakes'}{' '}
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
