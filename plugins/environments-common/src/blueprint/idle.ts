import { parseDurationSeconds } from '../duration';
import { BlueprintDocument, BlueprintProbe, IdleEnd } from './document';

/** Long enough to be warned, and to come back the next day. */
const DEFAULT_GRACE = '24h';
const DEFAULT_EVERY = '5m';

/** The `idle` section of a document, in seconds. */
export interface BlueprintIdle {
  afterSeconds: number;
  then: IdleEnd;
  /** Absent with `pause`. */
  graceSeconds?: number;
  bumpSeconds?: number;
  probes: (Omit<BlueprintProbe, 'every'> & { everySeconds: number })[];
}

/** Undefined: environments of it may go unused. */
export function blueprintIdle({
  spec: { idle },
}: BlueprintDocument): BlueprintIdle | undefined {
  if (!idle) return undefined;
  const { after, then, grace = DEFAULT_GRACE, bump, probes = [] } = idle;
  return {
    afterSeconds: seconds(after),
    then,
    ...(then === 'destroy' && { graceSeconds: seconds(grace) }),
    ...(bump !== undefined && { bumpSeconds: seconds(bump) }),
    probes: probes.map(({ every = DEFAULT_EVERY, ...probe }) => ({
      ...probe,
      everySeconds: seconds(every),
    })),
  };
}

/** Of a document that is known to be right. */
function seconds(duration: string): number {
  return parseDurationSeconds(duration)!;
}
