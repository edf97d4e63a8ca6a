import { Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { Card } from '../portal/Card';
import { usePaths } from '../portal/paths';
import { LiveGlance } from './LiveGlance';
import { useLive } from './queries';
import { systemsOf } from './systems';

/** What runs at a glance, where a system looks after it. */
export function LiveCard({ environment }: { environment: Environment }) {
  const systems = systemsOf(environment, useLive(environment).data);
  const paths = usePaths();
  if (!systems) return null;
  return (
    <Card
      title={systems}
      aside={<Link href={paths.live(environment)}>All that is seen</Link>}
    >
      <LiveGlance environment={environment} />
    </Card>
  );
}
