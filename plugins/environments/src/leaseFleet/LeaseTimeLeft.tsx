import { LeaseSummary } from '@greenroom/plugin-environments-common';
import { TimeLeft } from '../time/TimeLeft';

/** Until what happens next: the expiry, or the end of a hold or a grace. */
export function LeaseTimeLeft(props: {
  lease: LeaseSummary;
  inLine?: boolean;
}) {
  const { lease, inLine } = props;
  const { state } = lease;
  return <TimeLeft environment={{ state, lease }} inLine={inLine} />;
}
