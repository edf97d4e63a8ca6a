import {
  AttributeChange,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** A value on one side of a change, as it is shown. */
export interface Side {
  text: string;
  /** It is said about the value, and is not the value itself. */
  remark: boolean;
}

const HIDDEN: Side = { text: '•••••••• sensitive', remark: true };
const UNKNOWN: Side = { text: 'known after apply', remark: true };
const NONE: Side = { text: 'not set', remark: true };

export function beforeOf({ before, sensitive }: AttributeChange): Side {
  if (sensitive) return HIDDEN;
  return before === undefined ? NONE : value(before);
}

export function afterOf({ after, sensitive, unknown }: AttributeChange): Side {
  if (sensitive) return HIDDEN;
  if (unknown) return UNKNOWN;
  return after === undefined ? NONE : value(after);
}

function value(json: JsonValue): Side {
  return { text: valueText(json), remark: false };
}

/** As one would write it: short things in one line, others over several. */
export function valueText(json: JsonValue): string {
  const line = JSON.stringify(json);
  return line.length <= 60 ? line : JSON.stringify(json, null, 2);
}
