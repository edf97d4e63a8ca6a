import { Environment } from '@greenroom/plugin-environments-common';

/** What a destroy takes away, component by component, and from whom besides. */
export function Losses({ environment }: { environment: Environment }) {
  const { readBy } = environment;
  return (
    <>
      <Resources environment={environment} />
      {readBy && (
        <p>
          Read by <strong>{readersOf(readBy)}</strong>. What was read stays
          there; no change goes through there until it is read from elsewhere.
        </p>
      )}
    </>
  );
}

function readersOf({
  environments,
  others,
}: NonNullable<Environment['readBy']>): string {
  const names = environments.map(({ name }) => name);
  if (names.length === 0) return countOf(others, 'environment');
  return [...names, ...(others > 0 ? [`${others} more`] : [])].join(', ');
}

function Resources({ environment }: { environment: Environment }) {
  const kept = environment.components.filter(({ resources }) => resources > 0);
  const count = kept.reduce((sum, { resources }) => sum + resources, 0);
  if (count === 0) {
    return (
      <p>
        No resources of it are known. Greenroom looks again, and proves that
        nothing is left.
      </p>
    );
  }
  return (
    <>
      <p>
        <strong>{countOf(count, 'resource')}</strong> will be destroyed, with
        all data in {count === 1 ? 'it' : 'them'}. This can’t be undone.
      </p>
      <ul>
        {kept.map(({ id, driver, resources }) => (
          <li key={id}>
            <strong>{id}</strong> {countOf(resources, 'resource')} of {driver}
          </li>
        ))}
      </ul>
    </>
  );
}

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
