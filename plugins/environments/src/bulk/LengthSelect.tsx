import { Select } from '@backstage/ui';
import {
  BulkAction,
  BulkRequest,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { useEffect, useState } from 'react';

/** How far leases are moved, as a request says it. */
export type LengthChoice = Pick<BulkRequest, 'by' | 'until'>;

const HOUR = 3600;
const LENGTHS = [1, 4, 8, 24, 72, 168].map(hours => hours * HOUR);
const USUAL = 'usual';

/** Asks by how much, or for how long; nothing where the action does not want to know. */
export function LengthSelect(props: {
  action: BulkAction;
  onChange: (choice: LengthChoice) => void;
}) {
  const { action, onChange } = props;
  const isExtend = action === 'extend';
  const [from] = useState(() => DateTime.utc());
  const [chosen, setChosen] = useState(isExtend ? USUAL : String(24 * HOUR));
  const isHold = action === 'hold';
  useEffect(() => {
    const seconds = Number(chosen);
    if (isHold) onChange({ until: from.plus({ seconds }).toISO() });
  }, [isHold, from, chosen, onChange]);
  if (!isExtend && !isHold) return null;
  return (
    <Select
      label={isExtend ? 'By' : 'For'}
      options={[
        ...(isExtend ? [{ id: USUAL, label: 'As much as is usual' }] : []),
        ...LENGTHS.map(seconds => ({
          id: String(seconds),
          label: formatDurationSeconds(seconds),
        })),
      ]}
      value={chosen}
      onChange={key => {
        setChosen(String(key));
        if (isExtend) onChange(key === USUAL ? {} : { by: `${key}s` });
      }}
    />
  );
}
