import { Button, ButtonLink } from '@backstage/ui';
import { EnvironmentCounts } from '@greenroom/plugin-environments-common';
import { Notice } from '../feedback/Notice';
import { usePaths } from '../portal/paths';
import { changeFilters, clearFilters, Filters, isNarrowed } from './filters';

/** An empty list, why it is empty, and the next step. */
export function NothingHere(props: {
  filters: Filters;
  counts?: EnvironmentCounts;
  onChange: (filters: Filters) => void;
}) {
  const { filters, counts, onChange } = props;
  const paths = usePaths();
  const create = (
    <ButtonLink href={paths.create()}>Create environment</ButtonLink>
  );

  if (isNarrowed(filters)) {
    return (
      <Notice
        title="No environment matches"
        actions={
          <Button
            variant="secondary"
            onPress={() => onChange(clearFilters(filters))}
          >
            Clear search and filters
          </Button>
        }
      >
        {filters.state.length === 0 &&
          'Destroyed environments are only shown when the state filter names them.'}
      </Notice>
    );
  }
  if (filters.scope !== 'all' && counts && counts.all > 0) {
    return (
      <Notice
        title={
          filters.scope === 'mine'
            ? 'You have no environments'
            : 'Your teams have no environments'
        }
        actions={
          <>
            {create}
            <Button
              variant="secondary"
              onPress={() => onChange(changeFilters(filters, { scope: 'all' }))}
            >
              Show all {counts.all}
            </Button>
          </>
        }
      >
        Pick a blueprint, and it runs in a few minutes.
      </Notice>
    );
  }
  return (
    <Notice title="No environments yet" actions={create}>
      Pick a blueprint, and your first environment runs in a few minutes. It is
      taken down when its time is up.
    </Notice>
  );
}
