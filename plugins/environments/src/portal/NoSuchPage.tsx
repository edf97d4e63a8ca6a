import { ButtonLink } from '@backstage/ui';
import { Notice } from '../feedback/Notice';
import { PageFrame } from './PageFrame';
import { usePaths } from './paths';

export function NoSuchPage() {
  const paths = usePaths();
  return (
    <PageFrame title="No such page">
      <Notice
        title="There is no page at this address"
        actions={
          <ButtonLink href={paths.environments()} variant="secondary">
            Show environments
          </ButtonLink>
        }
      >
        The address may be mistyped, or the page has moved.
      </Notice>
    </PageFrame>
  );
}
