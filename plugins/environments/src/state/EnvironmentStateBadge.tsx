import { EnvironmentSummary } from '@greenroom/plugin-environments-common';
import { isExpiring } from '../time/timeLeft';
import { useNowNear } from '../time/useNow';
import { StateBadge } from './StateBadge';
import { environmentStateView } from './states';

/**
 * The state of an environment at this moment, *Expiring* included.
 *
 * @public
 */
export function EnvironmentStateBadge(props: {
  environment: Pick<EnvironmentSummary, 'state' | 'lease'>;
  large?: boolean;
}) {
  const { state, lease } = props.environment;
  const now = useNowNear(lease.lastWarningAt);
  return (
    <StateBadge
      large={props.large}
      view={environmentStateView(state, isExpiring(props.environment, now))}
    />
  );
}
