import {
  Blueprint,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { recommendedAfter, VersionMove } from './moves';

/** What a move is called, on its button and over its dialog: it says what it does to what. */
export function moveTitle(move: VersionMove, version: string): string {
  switch (move) {
    case 'publish':
      return `Publish ${version}`;
    case 'restore':
      return `Bring ${version} back`;
    case 'recommend':
      return `Recommend ${version}`;
    case 'highest':
      return 'Recommend the highest again';
    case 'deprecate':
      return `Deprecate ${version}`;
    case 'retire':
      return `Retire ${version}`;
    default: {
      const unknown: never = move;
      return unknown;
    }
  }
}

/** What was not done, to begin a sentence with. */
export function moveFailed(move: VersionMove, version: string): string {
  return {
    publish: `${version} was not published`,
    restore: `${version} was not brought back`,
    recommend: `${version} was not recommended`,
    highest: 'The recommended version was not changed',
    deprecate: `${version} was not deprecated`,
    retire: `${version} was not retired`,
  }[move];
}

/** What follows from a move, sentence by sentence. */
export function consequences(
  move: VersionMove,
  summary: BlueprintVersionSummary,
  blueprint: Blueprint,
): string[] {
  const { version, environments } = summary;
  return [
    ...own(move, version),
    ...(environments > 0 && move !== 'recommend' && move !== 'highest'
      ? [onIt(move, environments)]
      : []),
    offered(move, version, blueprint),
    ...(move === 'recommend'
      ? [
          'The choice holds when a higher version is published, and ends when this one is deprecated or retired.',
        ]
      : []),
  ];
}

function own(move: VersionMove, version: string): string[] {
  switch (move) {
    case 'publish':
      return [
        `Environments can be made of ${version} from now on, and its content never changes any more.`,
      ];
    case 'restore':
      return [
        `${version} is offered like any other published version again, and its notice goes away.`,
      ];
    case 'deprecate':
      return [
        `${version} is not offered any more. Whoever names it still gets it, with your message as a warning.`,
      ];
    case 'retire':
      return [
        `New environments of ${version}, and upgrades to it, are refused with your message.`,
      ];
    default:
      return [];
  }
}

function onIt(move: VersionMove, environments: number): string {
  const many = environments !== 1;
  const who = many ? `The ${environments} environments` : 'The one environment';
  if (move === 'retire') {
    return `${who} on it ${many ? 'run' : 'runs'} on, and can be updated, upgraded away from it and destroyed.`;
  }
  return `${who} on it ${many ? 'run' : 'runs'} on unchanged.`;
}

function offered(
  move: VersionMove,
  version: string,
  blueprint: Blueprint,
): string {
  const before = blueprint.recommendedVersion;
  const after = recommendedAfter(move, version, blueprint);
  if (after === undefined) {
    return 'No version is recommended then: nothing can be made of this blueprint without naming a version.';
  }
  return after === before
    ? `${after} stays recommended.`
    : `${after} is recommended ${before ? `in place of ${before}` : 'then'}: new environments are made of it, and those on other versions are told.`;
}
