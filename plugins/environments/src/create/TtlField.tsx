import { Select, TextField } from '@backstage/ui';
import { BlueprintTtl } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { FieldError } from './FieldError';
import { durationText, ttlChoices, USUAL } from './ttlChoices';
import styles from './create.module.css';

const CUSTOM = 'custom';

/** How long it lives: a few lengths, or any other within the maximum. */
export function TtlField(props: {
  ttl: BlueprintTtl;
  value: string | undefined;
  error?: string;
  onChange: (ttl: string | undefined) => void;
  onBlur: () => void;
}) {
  const { ttl, value, error, onChange, onBlur } = props;
  const [custom, setCustom] = useState(false);
  const choices = ttlChoices(ttl);
  return (
    <div className={styles.field}>
      <div className={styles.pair}>
        <Select
          label="Time to live"
          options={[
            ...choices.map(({ id, label }) => ({ id, label })),
            { id: CUSTOM, label: 'Another length…' },
          ]}
          value={custom ? CUSTOM : (value ?? USUAL)}
          onChange={key => {
            setCustom(key === CUSTOM);
            if (key === CUSTOM)
              onChange(durationText(ttl.defaultSeconds ?? 3600));
            else onChange(key === USUAL ? undefined : String(key));
          }}
          isInvalid={!custom && error !== undefined}
          aria-describedby="create-ttl-error"
        />
        {custom && (
          <TextField
            label="Length"
            placeholder="such as 90m, 36h or 2d"
            value={value ?? ''}
            onChange={onChange}
            onBlur={onBlur}
            isInvalid={error !== undefined}
            aria-describedby="create-ttl-error"
          />
        )}
      </div>
      <FieldError id="create-ttl-error" error={error} />
    </div>
  );
}
