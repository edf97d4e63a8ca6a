import { Environment } from '@greenroom/plugin-environments-common';
import { ReactNode, useState } from 'react';
import { ActionItem } from '../change/ActionMenu';
import {
  actionLabel,
  blockedAction,
  LeaseAction,
  offeredActions,
} from './actions';
import { LeaseDialog } from './LeaseDialog';
import { useLease } from './useLease';

/** What may be done about the lease of an environment, and the dialog of what was chosen. */
export function useLeaseActions({ id, name }: Environment): {
  items: ActionItem[];
  dialog: ReactNode;
} {
  const lease = useLease(id).data;
  const [asking, setAsking] = useState<LeaseAction>();
  const items = offeredActions(lease).map(action => ({
    id: `lease-${action}`,
    label: `${actionLabel(action, name, lease)}…`,
    blocked: blockedAction(lease, action),
    onAction: () => setAsking(action),
  }));
  const dialog = asking && lease && (
    <LeaseDialog
      action={asking}
      lease={lease}
      onClose={() => setAsking(undefined)}
    />
  );
  return { items, dialog };
}
