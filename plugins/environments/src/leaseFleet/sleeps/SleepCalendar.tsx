import { ButtonIcon, Skeleton } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { Notice } from '../../feedback/Notice';
import { PAGE_SIZE } from '../../list/page';
import { PagedList } from '../../list/PagedList';
import { keyboardScrollable } from '../../portal/keyboardScrollable';
import { useNow } from '../../time/useNow';
import { isLeasesNarrowed, LeaseFilters, toSelection } from '../filters';
import { useSleeps } from '../queries';
import { SetLeaseFilters } from '../useLeaseFilters';
import { SleepRow } from './SleepRow';
import { clockChange, Day, daysOf, WEEKS_AHEAD } from './week';
import styles from './sleeps.module.css';

/** When environments sleep in a week, day by day, by their schedules. */
export function SleepCalendar(props: {
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
}) {
  const { filters, setFilters } = props;
  const now = useNow(15_000);
  const days = daysOf(now, filters.week);
  const list = useSleeps({
    ...toSelection(filters),
    from: days[0].from.toUTC().toISO()!,
    until: days[days.length - 1].until.toUTC().toISO()!,
    cursor: filters.cursor,
    limit: PAGE_SIZE,
  });
  return (
    <>
      <WeekPicker
        days={days}
        week={filters.week}
        onChange={week => setFilters({ ...filters, week })}
      />
      <PagedList
        what="The sleeps could not be read"
        list={list}
        place={filters}
        onPlace={place => setFilters({ ...filters, ...place })}
        className={styles.calendar}
        empty={<NothingSleeps filters={filters} setFilters={setFilters} />}
      >
        {list.data ? (
          <div
            role="region"
            aria-label="Calendar of sleeps"
            {...keyboardScrollable}
            className={styles.scroll}
          >
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Environment</th>
                  {days.map(day => (
                    <DayHead
                      key={day.from.toMillis()}
                      day={day}
                      isToday={day.from.toMillis() <= now && filters.week === 0}
                    />
                  ))}
                  <th scope="col">Next</th>
                  <th scope="col">Wake</th>
                </tr>
              </thead>
              <tbody>
                {list.data.items.map(environment => (
                  <SleepRow
                    key={environment.environmentId}
                    environment={environment}
                    days={days}
                    now={now}
                  />
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Skeleton width="100%" height={360} />
        )}
      </PagedList>
    </>
  );
}

function WeekPicker(props: {
  days: Day[];
  week: number;
  onChange: (week: number) => void;
}) {
  const { days, week, onChange } = props;
  const [first, last] = [days[0].from, days[days.length - 1].from];
  return (
    <div className={styles.week}>
      <ButtonIcon
        variant="tertiary"
        aria-label="Week before"
        icon={<RiArrowLeftSLine />}
        isDisabled={week === 0}
        onPress={() => onChange(week - 1)}
      />
      <strong aria-live="polite">
        {first.toFormat('d LLL')} – {last.toFormat('d LLL yyyy')}
      </strong>
      <ButtonIcon
        variant="tertiary"
        aria-label="Week after"
        icon={<RiArrowRightSLine />}
        isDisabled={week >= WEEKS_AHEAD - 1}
        onPress={() => onChange(week + 1)}
      />
      <p className={styles.legend}>
        <span className={`${styles.key} ${styles.asleep}`} /> asleep
        <span className={`${styles.key} ${styles.end}`} /> its end
        <span className={styles.zone}>
          Hours as in {days[0].from.zoneName}. Nobody is kept from waking one in
          its sleep.
        </span>
      </p>
    </div>
  );
}

function DayHead({ day, isToday }: { day: Day; isToday: boolean }) {
  const change = clockChange(day);
  return (
    <th scope="col" className={styles.dayHead}>
      {isToday ? 'Today' : day.from.toFormat('ccc')}{' '}
      <span className={styles.date}>{day.from.toFormat('d LLL')}</span>
      {change && <span className={styles.change}>{change}</span>}
    </th>
  );
}

function NothingSleeps(props: {
  filters: LeaseFilters;
  setFilters: SetLeaseFilters;
}) {
  const { filters } = props;
  const isNarrowed = isLeasesNarrowed(filters) || filters.scope !== 'all';
  return (
    <Notice
      title={
        isNarrowed
          ? 'None of these environments sleeps by a schedule'
          : 'No environment sleeps by a schedule'
      }
    >
      A blueprint&apos;s schedule, or a rule of the portal&apos;s configuration,
      pauses environments at night and wakes them in the morning.
    </Notice>
  );
}
