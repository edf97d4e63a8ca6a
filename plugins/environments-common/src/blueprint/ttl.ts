import { BlueprintTtl } from '../api/types';
import { parseDurationSeconds } from '../duration';
import { BlueprintDocument } from './document';

/** Long enough for whoever comes the next morning. */
const DEFAULT_GRACE = '24h';

/** The TTL of a document in seconds, warnings from the earliest to the last. */
export function blueprintTtl(document: BlueprintDocument): BlueprintTtl {
  const { ttl } = document.spec;
  const { warnBefore = [], onExpiry = 'destroy', extensions } = ttl;
  const seconds = (text?: string) =>
    text === undefined ? undefined : parseDurationSeconds(text);
  return {
    defaultSeconds: seconds(ttl.default),
    minSeconds: seconds(ttl.min),
    maxSeconds: seconds(ttl.max),
    warnBeforeSeconds: warnBefore
      .map(seconds)
      .filter(value => value !== undefined)
      .sort((a, b) => b - a),
    onExpiry,
    graceSeconds:
      onExpiry === 'pause' ? seconds(ttl.grace ?? DEFAULT_GRACE) : undefined,
    extensions: extensions?.max,
    extendBySeconds: seconds(extensions?.by),
  };
}
