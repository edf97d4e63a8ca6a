import { parseDurationSeconds } from '../duration';
import { JsonObject } from '../json';
import { Problem } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { Locator } from './locator';
import { asObject } from './values';

const DURATIONS = ['default', 'min', 'max', 'grace'] as const;
type Duration = (typeof DURATIONS)[number];

/** What is wrong with the TTL of a document whose fields are right one by one. */
export function checkTtl(spec: JsonObject, locate: Locator): Problem[] {
  const ttl = asObject(spec.ttl);
  const seconds = (key: Duration) =>
    typeof ttl[key] === 'string' ? parseDurationSeconds(ttl[key]) : undefined;
  const problem = (key: string, message: string, remedy: string): Problem => ({
    code: 'blueprint.ttl',
    message,
    place: locate.value(['spec', 'ttl', key]),
    remedy,
  });
  const inOrder = (low: Duration, high: Duration, blamed: Duration) => {
    const [less, more] = [seconds(low), seconds(high)];
    if (less === undefined || more === undefined || less <= more) return [];
    const remedy =
      blamed === low
        ? `Choose ${ttl[high]} or less, or a longer ${high}.`
        : `Choose ${ttl[low]} or more, or a shorter ${low}.`;
    return [
      problem(
        blamed,
        `spec.ttl.${low} (${ttl[low]}) is longer than spec.ttl.${high} (${ttl[high]}).`,
        remedy,
      ),
    ];
  };

  const tooLong = DURATIONS.filter(
    key => (seconds(key) ?? 0) > BLUEPRINT_LIMITS.ttlSeconds,
  ).map(key =>
    problem(
      key,
      `spec.ttl.${key} is longer than ten years.`,
      'Leave the TTL out for environments that do not expire.',
    ),
  );
  return [
    ...tooLong,
    ...inOrder('default', 'max', 'default'),
    ...inOrder('min', 'default', 'default'),
    ...inOrder('min', 'max', 'min'),
    ...checkExpiry(spec, problem),
  ];
}

function checkExpiry(
  spec: JsonObject,
  problem: (key: string, message: string, remedy: string) => Problem,
): Problem[] {
  const { onExpiry, grace } = asObject(spec.ttl);
  const problems: Problem[] = [];
  if (grace !== undefined && onExpiry !== 'pause') {
    problems.push(
      problem(
        'grace',
        'spec.ttl.grace is the time after a pause, and nothing is paused at the expiry.',
        'Add "onExpiry: pause", or take the grace out.',
      ),
    );
  }
  const pauses = Object.values(asObject(spec.components)).some(
    component => asObject(component).pause !== undefined,
  );
  if (onExpiry === 'pause' && !pauses) {
    problems.push(
      problem(
        'onExpiry',
        'Nothing can be paused at the expiry: no component says what a pause changes in it.',
        'Say in a component what a pause changes, by "pause: {with: …}", or choose "onExpiry: destroy".',
      ),
    );
  }
  return problems;
}
