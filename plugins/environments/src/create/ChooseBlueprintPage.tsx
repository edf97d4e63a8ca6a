import { BlueprintCards } from '../blueprints/BlueprintCards';
import { PageFrame } from '../portal/PageFrame';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';

/** The first step of a create: which blueprint. */
export function ChooseBlueprintPage() {
  const paths = usePaths();
  return (
    <PageFrame
      title="Create environment"
      breadcrumbs={[
        { label: 'Environments', href: paths.environments() },
        { label: 'Create', href: paths.create() },
      ]}
    >
      <PageTitle
        title="Create environment"
        answer="Pick the blueprint that it is made from."
      />
      <BlueprintCards usableOnly />
    </PageFrame>
  );
}
