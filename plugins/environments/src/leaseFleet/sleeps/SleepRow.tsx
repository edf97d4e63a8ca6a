import { Link, VisuallyHidden } from '@backstage/ui';
import { SleepingEnvironment } from '@greenroom/plugin-environments-common';
import { usePaths } from '../../portal/paths';
import { Moment } from '../../time/Moment';
import { clockThere, Day, DayPart, dayText, partOf, sleepsOf } from './week';
import { WakeButton } from './WakeButton';
import styles from './sleeps.module.css';

/** The sleeps of one environment, day by day, and what comes next. */
export function SleepRow(props: {
  environment: SleepingEnvironment;
  days: Day[];
  now: number;
}) {
  const { environment, days, now } = props;
  const { environmentId: id, environmentName: name, state } = environment;
  const { schedule } = environment;
  const paths = usePaths();
  const whose = schedule.rule === 'blueprint' ? 'its blueprint' : 'the portal';
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <Link
          href={paths.environment({ id, name, state })}
          weight="bold"
          standalone
        >
          {name}
        </Link>
        <span
          className={styles.quiet}
          title={`Sleeps at ${schedule.sleep}; ${schedule.wake ? `wakes at ${schedule.wake}` : 'nothing wakes it but somebody'}`}
        >
          {schedule.timeZone}, by {whose}
        </span>
      </th>
      {days.map(day => (
        <DayCell
          key={day.from.toMillis()}
          day={day}
          environment={environment}
          now={now}
        />
      ))}
      <td className={styles.next}>
        <Next environment={environment} />
      </td>
      <td className={styles.wake}>
        <WakeButton environment={environment} />
      </td>
    </tr>
  );
}

function DayCell(props: {
  day: Day;
  environment: SleepingEnvironment;
  now: number;
}) {
  const { day, environment, now } = props;
  const { standing, endsAt, holidays, schedule } = environment;
  const over = endsAt ? partOf(day, endsAt) : undefined;
  const date = day.from.toISODate()!;
  const isHoliday = holidays.includes(date);
  const share =
    (now - day.from.toMillis()) / (day.until.toMillis() - day.from.toMillis());
  const text = [
    dayText(day, environment),
    isHoliday && `a holiday of ${schedule.holidays}`,
  ]
    .filter(Boolean)
    .join('; ');
  return (
    <td
      className={styles.day}
      title={`${day.from.toFormat('ccc d LLL')}: ${text}`}
    >
      <VisuallyHidden>{text}</VisuallyHidden>
      <span
        aria-hidden="true"
        className={`${styles.track} ${standing === 'paused' ? styles.paused : ''}`}
      >
        {sleepsOf(day, environment).map(part => (
          <Bar key={part.text} part={part} className={styles.asleep} />
        ))}
        {over && (
          <Bar
            part={over}
            className={over.left > 0 ? styles.end : styles.over}
          />
        )}
        {share > 0 && share < 1 && (
          <span className={styles.now} style={{ left: percent(share) }} />
        )}
      </span>
      {isHoliday && (
        <span aria-hidden="true" className={styles.holiday}>
          holiday
        </span>
      )}
    </td>
  );
}

function Bar({ part, className }: { part: DayPart; className: string }) {
  return (
    <span
      className={`${styles.bar} ${className}`}
      style={{ left: percent(part.left), width: percent(part.width) }}
    />
  );
}

function Next({ environment }: { environment: SleepingEnvironment }) {
  const { standing, next, schedule, endsAt } = environment;
  if (standing === 'paused') {
    return <>Paused; its schedule leaves it so</>;
  }
  if (!next) {
    const how = standing === 'asleep' ? 'Asleep' : 'Awake';
    return <>{`${how} ${endsAt ? 'until its end' : 'on these days'}`}</>;
  }
  const there = clockThere(next.at, schedule.timeZone);
  return (
    <>
      {next.kind === 'sleep' ? 'Sleeps ' : 'Wakes '}
      <Moment at={next.at} inWords />
      {there && (
        <span className={styles.quiet}>
          {there} in {schedule.timeZone}
        </span>
      )}
    </>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
