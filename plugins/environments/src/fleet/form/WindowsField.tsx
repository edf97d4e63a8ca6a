import { Button, ButtonIcon, Select, TextField } from '@backstage/ui';
import {
  MaintenanceWindow,
  Weekday,
  WEEKDAYS,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import styles from '../fleet.module.css';

const DAYS: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** When upgrades may begin; at any time without a window. */
export function WindowsField(props: {
  windows: MaintenanceWindow[];
  onChange: (windows: MaintenanceWindow[]) => void;
}) {
  const { windows, onChange } = props;
  const change = (index: number, part: Partial<MaintenanceWindow>) =>
    onChange(
      windows.map((window, other) =>
        other === index ? { ...window, ...part } : window,
      ),
    );
  return (
    <fieldset className={styles.rows}>
      <legend>Maintenance windows</legend>
      <p className={styles.hint}>
        {windows.length === 0
          ? 'Upgrades may begin at any time.'
          : 'Upgrades begin within them; what has begun goes on when they close.'}
      </p>
      {windows.map(({ days, from, to, timeZone }, index) => (
        <div key={index} className={styles.row}>
          <Select
            aria-label={`Days of window ${index + 1}`}
            placeholder="Days"
            selectionMode="multiple"
            options={WEEKDAYS.map(id => ({ id, label: DAYS[id] }))}
            value={days}
            onChange={keys =>
              change(index, {
                days: WEEKDAYS.filter(day => keys.map(String).includes(day)),
              })
            }
          />
          <TextField
            label="From"
            placeholder="22:00"
            value={from}
            onChange={next => change(index, { from: next })}
          />
          <TextField
            label="To"
            placeholder="04:00"
            value={to}
            onChange={next => change(index, { to: next })}
          />
          <TextField
            label="Time zone"
            value={timeZone}
            onChange={next => change(index, { timeZone: next })}
          />
          <ButtonIcon
            className={styles.narrow}
            variant="tertiary"
            aria-label={`Remove window ${index + 1}`}
            icon={<RiDeleteBinLine />}
            onPress={() =>
              onChange(windows.filter((_, other) => other !== index))
            }
          />
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          iconStart={<RiAddLine />}
          onPress={() =>
            onChange([
              ...windows,
              {
                days: ['sat', 'sun'],
                from: '22:00',
                to: '04:00',
                timeZone: DateTime.local().zoneName,
              },
            ])
          }
        >
          Add a window
        </Button>
      </div>
    </fieldset>
  );
}
