import { ButtonLink, Skeleton } from '@backstage/ui';
import { BlueprintSummary } from '@greenroom/plugin-environments-common';
import { RiAddLine } from '@remixicon/react';
import { useBlueprints } from '../data/queries';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { BlueprintCards } from './BlueprintCards';

/** What can be created, and in which state that is. */
export function BlueprintsPage() {
  const paths = usePaths();
  const all = useBlueprints();
  return (
    <PageFrame title="Blueprints" tab="blueprints">
      <PageTitle
        title="Blueprints"
        actions={
          <ButtonLink
            href={paths.newBlueprint()}
            variant="secondary"
            iconStart={<RiAddLine />}
          >
            New blueprint
          </ButtonLink>
        }
        answer={
          all.data
            ? answer(all.data)
            : all.isPending && <Skeleton width={320} height={20} />
        }
      />
      <BlueprintCards />
    </PageFrame>
  );
}

function answer(blueprints: BlueprintSummary[]): string {
  if (blueprints.length === 0) return 'None is published yet.';
  const broken = blueprints.filter(({ problems }) => problems.length > 0);
  const count = `${blueprints.length} blueprint${blueprints.length === 1 ? '' : 's'}`;
  return broken.length === 0
    ? `${count}, all published without a problem.`
    : `${count}; publishing failed for ${broken.map(({ title }) => title).join(', ')}.`;
}
