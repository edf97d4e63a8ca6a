import {
  Blueprint,
  BlueprintVersionStatus,
  BlueprintVersionSummary,
  mayMoveVersion,
} from '@greenroom/plugin-environments-common';

/** What somebody can do with a version that is there. */
export type VersionMove =
  'publish' | 'recommend' | 'deprecate' | 'retire' | 'restore' | 'highest';

/** Where a move leads; choosing the recommended version moves nothing. */
const LEADS_TO: Partial<Record<VersionMove, BlueprintVersionStatus>> = {
  publish: 'published',
  restore: 'published',
  deprecate: 'deprecated',
  retire: 'retired',
};

/** The moves that a version is shown with, whether they are possible now or not. */
export function movesOf(
  { status }: BlueprintVersionSummary,
  recommendedOnPurpose: boolean,
): VersionMove[] {
  const isBack = status === 'deprecated' || status === 'retired';
  return [
    isBack ? 'restore' : 'publish',
    'recommend',
    ...(recommendedOnPurpose ? (['highest'] as const) : []),
    'deprecate',
    'retire',
  ];
}

/** Why a move can't be made now, whoever asks; undefined when it can. */
export function standsAgainst(
  move: VersionMove,
  { version, status }: BlueprintVersionSummary,
  blueprint: Pick<Blueprint, 'recommendedVersion' | 'recommendedOnPurpose'>,
): string | undefined {
  if (status === 'validating') return 'Its sources are being checked.';
  if (status === 'rejected') {
    return 'Its sources are not right. Mend them, and publish it again.';
  }
  if (move === 'highest') return undefined;
  if (move === 'recommend') {
    if (status !== 'published') return 'It is not published.';
    const chosen = blueprint.recommendedVersion === version;
    return chosen && blueprint.recommendedOnPurpose
      ? 'It was chosen already.'
      : undefined;
  }
  const to = LEADS_TO[move];
  if (to && mayMoveVersion(status, to)) return undefined;
  if (to === 'published') return 'It is published already.';
  return 'It is not published yet.';
}

/**
 * The version that is offered after a move: the chosen one while it is published, otherwise the
 * highest that is published and no prerelease.
 */
export function recommendedAfter(
  move: VersionMove,
  version: string,
  blueprint: Blueprint,
): string | undefined {
  if (move === 'recommend') return version;
  const to = LEADS_TO[move];
  const published = blueprint.versionList
    .filter(one =>
      to && one.version === version
        ? to === 'published'
        : one.status === 'published',
    )
    .map(one => one.version);
  const { recommendedVersion, recommendedOnPurpose } = blueprint;
  const chosen =
    recommendedOnPurpose && move !== 'highest' ? recommendedVersion : undefined;
  if (chosen && published.includes(chosen)) return chosen;
  // The list comes with the highest first.
  return published.find(one => !one.includes('-'));
}
