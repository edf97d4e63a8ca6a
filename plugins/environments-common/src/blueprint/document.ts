import { OnExpiry } from '../api/leaseTypes';
import { JsonObject, JsonValue } from '../json';
import { SleepSchedule } from '../schedule';

export const BLUEPRINT_API_VERSION = 'greenroom.dev/v1';
export const BLUEPRINT_KIND = 'EnvironmentBlueprint';

/** One node of the blueprint's graph. */
export interface BlueprintComponent {
  /** Id of the driver that runs it, such as `terraform`. */
  driver: string;
  /** A folder beside the document, `./site`, or what `readSource` knows besides. */
  source: string;
  /** What the driver is given; strings in it may hold expressions. */
  with: JsonObject;
  /** One expression; where it is false, environments do without this component. */
  when?: string;
  /** Absent: the component runs on while its environment is paused. */
  pause?: {
    /** What differs in `with` while paused: laid over it, maps key by key. */
    with: JsonObject;
  };
}

export interface BlueprintOutput {
  title?: string;
  /** Usually one expression; its type is kept. */
  value: JsonValue;
  /** Kept sealed and never shown; without it, what the components say of it decides. */
  sensitive?: boolean;
}

/** Inputs that a request could make, to try the blueprint with. */
export interface BlueprintExample {
  name: string;
  description?: string;
  inputs: JsonObject;
}

/** Durations as written, `48h`; {@link blueprintTtl} gives them in seconds. */
export interface BlueprintTtlSpec {
  default?: string;
  min?: string;
  max?: string;
  warnBefore?: string[];
  onExpiry?: OnExpiry;
  grace?: string;
  extensions?: { max?: number; by?: string };
}

/** When environments sleep and wake by themselves. */
export interface BlueprintScheduleSpec extends SleepSchedule {
  /** Name of a calendar in the portal's configuration: nothing wakes on its days. */
  holidays?: string;
}

/** What becomes of an environment that nobody uses: it is paused, or its lease is brought to an end. */
export const IDLE_ENDS = ['pause', 'destroy'] as const;
export type IdleEnd = (typeof IDLE_ENDS)[number];

/** When environments count as not used, and what follows; durations as written. */
export interface BlueprintIdleSpec {
  /** Nothing seen for so long. */
  after: string;
  then: IdleEnd;
  /** With `destroy`: how long it has still, once it counts as not used. */
  grace?: string;
  /** Use moves the end of the lease to at least so long from then, within the maximum. */
  bump?: string;
  probes?: BlueprintProbe[];
}

/** A question to somebody who knows whether an environment is used: one of both. */
export interface BlueprintProbe {
  /** Unique among the probes; names what it has seen. */
  name: string;
  /** Duration. */
  every?: string;
  /** Of several series, the largest value counts. */
  prometheus?: { url: string; query: string; above?: number };
  /** `json` is a pointer to a moment, a number, or true or false. */
  http?: { url: string; json: string; above?: number };
}

/** What an environment costs, as the author estimates it. */
export interface BlueprintCostSpec {
  /** While it is on: a number, or one expression over what is known of a request. */
  perDay: number | string;
  /** ISO 4217: EUR. */
  currency: string;
  /** Share of it while paused, 0 to 1; absent: 1. */
  asleep?: number;
}

/** How drift is looked for, and what becomes of it. */
export interface BlueprintDriftSpec {
  /** Duration. */
  every: string;
  /** Each a resource, or an attribute of one: `components.database.resources["aws_db.main"].tags`. */
  ignore?: string[];
  remediate?: 'manual' | 'automatic';
}

/** A rule that a request has to follow. */
export interface BlueprintPolicy {
  when: 'request';
  /** CEL; true: all is well. */
  rule: string;
  otherwise: 'warn' | 'requireApproval' | 'deny';
  /** For whoever asked. */
  message: string;
}

export interface BlueprintMetadata {
  name: string;
  namespace?: string;
  title?: string;
  description?: string;
  tags?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  links?: JsonObject[];
}

/** What an author writes, known to be right: only {@link parseBlueprint} makes one. */
export interface BlueprintDocument {
  apiVersion: typeof BLUEPRINT_API_VERSION;
  kind: typeof BLUEPRINT_KIND;
  metadata: BlueprintMetadata;
  spec: {
    type: string;
    /** Entity ref of a group or user. */
    owner: string;
    lifecycle?: string;
    /** Semver. */
    version: string;
    /** JSON Schema of an object, with the `ui:` hints of software templates. */
    inputs: JsonObject;
    components: Record<string, BlueprintComponent>;
    outputs: Record<string, BlueprintOutput>;
    ttl: BlueprintTtlSpec;
    schedule?: BlueprintScheduleSpec;
    idle?: BlueprintIdleSpec;
    cost?: BlueprintCostSpec;
    drift?: BlueprintDriftSpec;
    policies?: BlueprintPolicy[];
    examples: BlueprintExample[];
  };
}

/** Limits on one document; a blueprint past them is refused, not cut. */
export const BLUEPRINT_LIMITS = {
  documentBytes: 256 * 1024,
  /** Resolved aliases; YAML's way to write a huge document in few bytes. */
  aliases: 50,
  /** Words and signs of the YAML. */
  tokens: 50_000,
  /** Levels of nesting. */
  depth: 60,
  components: 50,
  examples: 50,
  /** Values in it once every alias is followed. */
  values: 50_000,
  /** Those under a condition are counted each time that they are named. */
  inputs: 200,
  /** Parts of the inputs' schema once every $ref is followed. */
  inputSchemaParts: 20_000,
  /** What an author is told at once; nobody mends more before asking again. */
  problems: 200,
  expressions: 2000,
  /** Places that read other environments: each is resolved with every request. */
  environmentReads: 100,
  expressionLength: 4096,
  expressionNodes: 500,
  expressionDepth: 40,
  /** Loops within loops; each multiplies the cost of the whole. */
  expressionLoops: 2,
  /** Steps of one expression, and characters and entries that they build: well below a second. */
  expressionCost: 5_000_000,
  /** What is assumed of texts and lists whose schema sets no limit, until they are there. */
  assumedLength: 100,
  /** Uses are noted down this coarsely, so nobody can be told idle any faster: ten minutes. */
  idleSeconds: 600,
  probes: 10,
  probeEverySeconds: 60,
  /** In any currency: what is more is a slip. */
  costPerDay: 1_000_000,
  /** Ten years: longer is meant as `never`, which is said by leaving the TTL out. */
  ttlSeconds: 3650 * 86_400,
} as const;
