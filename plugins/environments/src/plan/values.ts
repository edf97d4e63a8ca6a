import {
  AttributeChange,
  JsonValue,
} from '@greenroom/plugin-environments-common';
import { differingLines } from './differingLines';

/** A value on one side of a change, as it is shown. */
export interface Side {
  text: string;
  /** It is said about the value, and is not the value itself. */
  remark: boolean;
}

const HIDDEN: Side = { text: '•••••••• sensitive', remark: true };
const UNKNOWN: Side = { text: 'known after apply', remark: true };
const NONE: Side = { text: 'not set', remark: true };

export function beforeOf(attribute: AttributeChange): Side {
  if (attribute.sensitive) return HIDDEN;
  const { before } = attribute;
  return (
    textsOf(attribute)?.before ?? (before === undefined ? NONE : value(before))
  );
}

export function afterOf(attribute: AttributeChange): Side {
  if (attribute.sensitive) return HIDDEN;
  if (attribute.unknown) return UNKNOWN;
  const { after } = attribute;
  return (
    textsOf(attribute)?.after ?? (after === undefined ? NONE : value(after))
  );
}

/** Of a file's content or a script one wants to see what differs, and not all of it twice. */
function textsOf({
  before,
  after,
}: AttributeChange): Record<'before' | 'after', Side> | undefined {
  if (!isText(before) || !isText(after)) return undefined;
  const lines = differingLines(before, after);
  return {
    before: { text: lines.before, remark: false },
    after: { text: lines.after, remark: false },
  };
}

function isText(json: JsonValue | undefined): json is string {
  return typeof json === 'string' && json.includes('\n');
}

function value(json: JsonValue): Side {
  return { text: valueText(json), remark: false };
}

/** As one would write it: short things in one line, others over several. */
export function valueText(json: JsonValue): string {
  if (isText(json)) return json;
  const line = JSON.stringify(json);
  return line.length <= 60 ? line : JSON.stringify(json, null, 2);
}
