import { ButtonIcon, MenuTrigger } from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';
import { RiMore2Line } from '@remixicon/react';
import { useState } from 'react';
import { ActionMenu } from '../../change/ActionMenu';
import { usePaths } from '../../portal/paths';
import { MoveDialog } from './MoveDialog';
import { movesOf, standsAgainst, VersionMove } from './moves';
import { moveTitle } from './words';

/** Everything that can be done with one version. */
export function VersionMenu(props: {
  summary: BlueprintVersionSummary;
  blueprint: Blueprint;
  /** Why the caller may not move versions; undefined when they may. */
  forbidden?: string;
}) {
  const { summary, blueprint, forbidden } = props;
  const { version } = summary;
  const { name, recommendedOnPurpose = false } = blueprint;
  const paths = usePaths();
  const [asking, setAsking] = useState<VersionMove>();
  const other = otherThan(version, blueprint);
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          variant="tertiary"
          aria-label={`More for ${version}`}
          icon={<RiMore2Line />}
        />
        <ActionMenu
          items={[
            {
              id: 'compare',
              label: other
                ? `Compare ${version} with ${other}`
                : `Compare ${version}`,
              blocked: other ? undefined : 'There is no other version.',
              href: paths.blueprint(
                name,
                `?tab=compare&from=${encodeURIComponent(other ?? '')}&to=${encodeURIComponent(version)}`,
              ),
            },
            {
              id: 'edit',
              label:
                summary.status === 'draft' || summary.status === 'rejected'
                  ? `Edit ${version}`
                  : `New version from ${version}`,
              href: paths.editBlueprint(name, version),
            },
            ...movesOf(summary, recommendedOnPurpose).map(move => ({
              id: move,
              label: `${moveTitle(move, version)}…`,
              danger: move === 'retire',
              blocked: standsAgainst(move, summary, blueprint) ?? forbidden,
              onAction: () => setAsking(move),
            })),
          ]}
        />
      </MenuTrigger>
      {asking && (
        <MoveDialog
          move={asking}
          summary={summary}
          blueprint={blueprint}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

/** What one most likely compares a version with: the one that is offered, else the one before it. */
function otherThan(version: string, blueprint: Blueprint): string | undefined {
  const { recommendedVersion, versionList } = blueprint;
  if (recommendedVersion && recommendedVersion !== version) {
    return recommendedVersion;
  }
  const names = versionList.map(one => one.version);
  const at = names.indexOf(version);
  return names[at + 1] ?? names[at - 1];
}
