import { Select, TextField } from '@backstage/ui';
import { BlueprintTtl } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { FieldError } from './FieldError';
import { ttlChoices } from './ttlChoices';
import styles from './create.module.css';

const CUSTOM = 'custom';

/** How long it lives: a few lengths, or any other within the maximum. */
export function TtlField(props: {
  ttl: BlueprintTtl;
  value: string;
  error?: string;
  onChange: (ttl: string) => void;
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
            ...choices.map(({ id, label }) => ({ id: `ttl:${id}`, label })),
            { id: CUSTOM, label: 'Another length…' },
          ]}
          value={custom ? CUSTOM : `ttl:${value}`}
          onChange={key => {
            setCustom(key === CUSTOM);
            onChange(key === CUSTOM ? '' : String(key).slice('ttl:'.length));
          }}
          isInvalid={!custom && error !== undefined}
          aria-describedby="create-ttl-error"
        />
        {custom && (
          <TextField
            label="Length"
            placeholder="such as 90m, 36h or 2d"
            value={value}
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
