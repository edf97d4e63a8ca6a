import { Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { changeLines } from '../change/changeLines';
import { useUpgrade } from '../change/useUpgrade';
import { usePaths } from '../portal/paths';

/** Beside the version: that there is a newer one, and how much that changes. */
export function BehindNote({ environment }: { environment: Environment }) {
  const paths = usePaths();
  const gone = environment.state === 'destroyed';
  const upgrade = useUpgrade(gone ? undefined : environment).data;
  if (!upgrade?.behind || !upgrade.comparison) return null;
  const { lines } = changeLines(upgrade.comparison.changes);
  const count = lines.length === 1 ? '1 change' : `${lines.length} changes`;
  return (
    <>
      (
      <Link href={paths.change('upgrade', environment.name)}>
        {`${upgrade.to} recommended: ${count}`}
      </Link>
      ){' '}
    </>
  );
}
