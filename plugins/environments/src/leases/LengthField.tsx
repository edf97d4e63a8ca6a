import { Select, TextField } from '@backstage/ui';
import {
  formatDurationSeconds,
  parseDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { useState } from 'react';

const CUSTOM = 'custom';

/** A length of time: a few round ones, or any other. */
export function LengthField(props: {
  label: string;
  /** In seconds. */
  choices: readonly number[];
  /** Says which limit there is, and whose. */
  description?: string;
  /** Undefined: what was typed is no length. */
  seconds: number | undefined;
  onChange: (seconds: number | undefined) => void;
}) {
  const { label, choices, description, seconds, onChange } = props;
  const [typed, setTyped] = useState<string>();
  return (
    <>
      <Select
        label={label}
        description={description}
        options={[
          ...choices.map(choice => ({
            id: String(choice),
            label: formatDurationSeconds(choice),
          })),
          { id: CUSTOM, label: 'Another length…' },
        ]}
        value={typed === undefined ? String(seconds) : CUSTOM}
        onChange={key => {
          setTyped(key === CUSTOM ? '' : undefined);
          onChange(key === CUSTOM ? undefined : Number(key));
        }}
      />
      {typed !== undefined && (
        <TextField
          label="Length"
          description="A whole number with m, h or d: 90m, 36h, 2d."
          value={typed}
          isInvalid={typed !== '' && seconds === undefined}
          onChange={text => {
            setTyped(text);
            onChange(parseDurationSeconds(text.trim()));
          }}
        />
      )}
    </>
  );
}
