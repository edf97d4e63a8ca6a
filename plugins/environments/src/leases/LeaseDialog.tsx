import { EnvironmentLease } from '@greenroom/plugin-environments-common';
import { LeaseAction } from './actions';
import { AskDialog } from './AskDialog';
import { ExtendDialog } from './ExtendDialog';
import { HoldDialog } from './HoldDialog';
import { OverrideDialog } from './OverrideDialog';
import { SafeguardDialog } from './SafeguardDialog';
import { ShortenDialog } from './ShortenDialog';

export interface LeaseDialogProps {
  lease: EnvironmentLease;
  onClose: () => void;
}

/** Says what an action changes, asks what it needs to know, and does it. */
export function LeaseDialog(props: LeaseDialogProps & { action: LeaseAction }) {
  const { action, ...rest } = props;
  switch (action) {
    case 'extend':
      return <ExtendDialog name={rest.lease.environmentName} {...rest} />;
    case 'ask':
      return <AskDialog {...rest} />;
    case 'override':
      return <OverrideDialog {...rest} />;
    case 'shorten':
      return <ShortenDialog {...rest} />;
    case 'hold':
      return <HoldDialog {...rest} />;
    case 'release':
    case 'protect':
    case 'unprotect':
      return <SafeguardDialog action={action} {...rest} />;
    default:
      return action satisfies never;
  }
}
