import { formatDurationSeconds, parseDurationSeconds } from '../duration';
import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { DocumentPath, Locator } from './locator';
import { hasExpression } from './template';
import { asObject } from './values';

type Tell = (path: DocumentPath, message: string, remedy: string) => Problem;

/** What is wrong with the `idle` section of a document whose fields are right one by one. */
export function checkIdle(spec: JsonObject, locate: Locator): Problem[] {
  if (spec.idle === undefined) return [];
  const tell: Tell = (path, message, remedy) => ({
    code: 'blueprint.idle',
    message,
    place: locate.value(['spec', 'idle', ...path]),
    remedy,
  });
  const idle = asObject(spec.idle);
  return [
    ...checkTimes(idle, tell),
    ...checkEnd(spec, idle, tell),
    ...checkProbes(idle, tell),
  ];
}

function checkTimes(idle: JsonObject, tell: Tell): Problem[] {
  const { idleSeconds, ttlSeconds } = BLUEPRINT_LIMITS;
  const tooLong = ['after', 'grace', 'bump']
    .filter(key => (secondsOf(idle[key]) ?? 0) > ttlSeconds)
    .map(key =>
      tell(
        [key],
        `spec.idle.${key} is longer than ten years.`,
        'Choose a shorter time, or leave idle out.',
      ),
    );
  const after = secondsOf(idle.after);
  if (after === undefined || after >= idleSeconds) return tooLong;
  return [
    ...tooLong,
    tell(
      ['after'],
      `spec.idle.after (${idle.after}) is shorter than use is seen: within ${formatDurationSeconds(idleSeconds)}.`,
      `Choose ${idleSeconds / 60}m or more.`,
    ),
  ];
}

function checkEnd(spec: JsonObject, idle: JsonObject, tell: Tell): Problem[] {
  const { then, grace, bump } = idle;
  const ttl = asObject(spec.ttl);
  const problems: Problem[] = [];
  const pauses = Object.values(asObject(spec.components)).some(
    component => asObject(component).pause !== undefined,
  );
  if (then === 'pause' && !pauses) {
    problems.push(
      tell(
        ['then'],
        'Nothing can be paused: no component says what a pause changes in it.',
        'Say in a component what a pause changes, by "pause: {with: …}", or choose "then: destroy".',
      ),
    );
  }
  if (then === 'pause' && grace !== undefined) {
    problems.push(
      tell(
        ['grace'],
        'spec.idle.grace is the time before an end, and a pause ends nothing.',
        'Take the grace out, or choose "then: destroy".',
      ),
    );
  }
  const { warnBefore } = ttl;
  if (
    then === 'destroy' &&
    !(Array.isArray(warnBefore) && warnBefore.length > 0)
  ) {
    problems.push(
      tell(
        ['then'],
        'Nobody would be told before an environment that is not used ends: spec.ttl.warnBefore is empty.',
        'Say in spec.ttl when the owner is warned, by "warnBefore: [4h]".',
      ),
    );
  }
  if (
    bump !== undefined &&
    ttl.default === undefined &&
    ttl.max === undefined
  ) {
    problems.push(
      tell(
        ['bump'],
        'spec.idle.bump moves the end of the lease, and environments have none.',
        'Give spec.ttl a default or a max, or take the bump out.',
      ),
    );
  }
  return problems;
}

function checkProbes(idle: JsonObject, tell: Tell): Problem[] {
  const probes = Array.isArray(idle.probes) ? idle.probes.map(asObject) : [];
  const names = probes.map(({ name }) => name);
  return probes.flatMap((probe, index) => {
    const at = ['probes', index];
    const { name, http, prometheus } = probe;
    const problems: Problem[] = [];
    if (name !== undefined && names.indexOf(name) < index) {
      problems.push(
        tell(
          [...at, 'name'],
          `There are two probes "${String(name)}".`,
          'Give each a name of its own.',
        ),
      );
    }
    if ((http === undefined) === (prometheus === undefined)) {
      problems.push(
        tell(
          at,
          http === undefined
            ? 'The probe asks nobody.'
            : 'The probe asks both by HTTP and Prometheus.',
          'Give it either "http" or "prometheus".',
        ),
      );
    }
    return [
      ...problems,
      ...checkEvery(probe.every, idle.after, [...at, 'every'], tell),
      ...checkUrl(asObject(http).url, [...at, 'http', 'url'], tell),
      ...checkUrl(asObject(prometheus).url, [...at, 'prometheus', 'url'], tell),
    ];
  });
}

function checkEvery(
  every: JsonValue | undefined,
  after: JsonValue | undefined,
  path: DocumentPath,
  tell: Tell,
): Problem[] {
  const seconds = secondsOf(every);
  if (seconds === undefined) return [];
  const { probeEverySeconds } = BLUEPRINT_LIMITS;
  if (seconds < probeEverySeconds) {
    return [
      tell(
        path,
        `${every} is more often than a probe may ask.`,
        `Choose ${probeEverySeconds}s or more.`,
      ),
    ];
  }
  const longest = secondsOf(after);
  if (longest === undefined || seconds <= longest / 2) return [];
  return [
    tell(
      path,
      `A probe that asks every ${every} can't tell that nothing was seen for ${after}.`,
      'Let it ask at least twice in that time.',
    ),
  ];
}

/** One with expressions is looked at when it is asked. */
function checkUrl(
  url: JsonValue | undefined,
  path: DocumentPath,
  tell: Tell,
): Problem[] {
  if (typeof url !== 'string' || url === '' || hasExpression(url)) return [];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    return [
      tell(
        path,
        `"${url}" is no web address.`,
        'Write one that begins with https:// or http://.',
      ),
    ];
  }
  if (!parsed.username && !parsed.password) return [];
  return [
    tell(
      path,
      'The address holds a user or a password, which everybody would read who reads the blueprint.',
      "Leave it out; the portal's configuration gives a host its token, in environments.idle.hosts.",
    ),
  ];
}

function secondsOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'string' ? parseDurationSeconds(value) : undefined;
}
