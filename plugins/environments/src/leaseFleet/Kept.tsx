import { LeaseFilters } from './filters';
import { KeptList } from './KeptList';

/** What somebody keeps from its end: until when, who, and why. */
export function Kept({ filters }: { filters: LeaseFilters }) {
  return (
    <>
      <KeptList
        list="held"
        filters={filters}
        heading="Held"
        empty="Nobody holds an environment beyond its time."
      />
      <KeptList
        list="protected"
        filters={filters}
        heading="Protected"
        empty="No environment is protected against its destroy."
      />
    </>
  );
}
