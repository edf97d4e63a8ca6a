import { IdleEnd } from '../blueprint/document';
import { Timestamp } from './types';

/** What the portal's own pages report as. */
export const PORTAL_ACTIVITY = 'portal';

/** Says that an environment is used. */
export interface ReportActivityRequest {
  /** One word for where that was seen: `ingress`, `ci`. */
  source: string;
  /** When; now when absent. Never in the future. */
  at?: Timestamp;
  /** For people. */
  note?: string;
}

/** The last that was seen of the use of an environment in one place. */
export interface ActivitySignal {
  /** The source that was reported, or `probe:` and the name of a probe. */
  signal: string;
  at: Timestamp;
  /** Who reported it, what a probe was told, the note. */
  evidence: { by?: string; value?: string; note?: string };
}

/** A probe of an environment, and what came of it last. */
export interface EnvironmentProbe {
  name: string;
  /** The last answer, and when it came; absent: there was none yet. */
  answeredAt?: Timestamp;
  value?: string;
  /** Why there is no answer now, and since when. */
  problem?: string;
  failingSince?: Timestamp;
}

/** What becomes of an environment when nobody uses it. */
export interface EnvironmentIdle {
  afterSeconds: number;
  then: IdleEnd;
  graceSeconds?: number;
  bumpSeconds?: number;
  /** Nothing was seen since then. */
  quietSince: Timestamp;
  /** When it counts as not used, if nothing is seen before; absent: nothing follows as it is. */
  dueAt?: Timestamp;
  /** Why nothing follows: it is held, or a probe does not answer. */
  standing?: string;
  /** Its lease was brought to an end then, since nobody uses it. */
  endsAt?: Timestamp;
  /** Newest first. */
  signals: ActivitySignal[];
  probes: EnvironmentProbe[];
}
