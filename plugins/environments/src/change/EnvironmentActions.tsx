import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonIcon, ButtonLink, MenuTrigger } from '@backstage/ui';
import {
  Environment,
  environmentDestroyPermission,
  environmentUpdatePermission,
} from '@greenroom/plugin-environments-common';
import { RiMore2Line } from '@remixicon/react';
import { useState } from 'react';
import { useBlueprint } from '../data/queries';
import { Failure } from '../feedback/Failure';
import { useLeaseActions } from '../leases/useLeaseActions';
import { usePaths } from '../portal/paths';
import { ActionMenu } from './ActionMenu';
import { blockedReason, ChangeKind } from './blocked';
import { ChangeDialog } from './ChangeDialog';
import { useTakeOut } from './useTakeOut';
import { CHANGES, DialogChange } from './words';

const IN_MENU: readonly DialogChange[] = [
  'pause',
  'resume',
  'remediate',
  'adopt',
  'destroy',
];

/** What may be done to an environment: the usual as a button, the rest in a menu. */
export function EnvironmentActions(props: { environment: Environment }) {
  const { environment } = props;
  const { id, name, blueprint } = environment;
  const paths = usePaths();
  const takeOut = useTakeOut(environment);
  const lease = useLeaseActions(environment);
  const [asking, setAsking] = useState<DialogChange>();
  const update = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: id,
  });
  const destroy = usePermission({
    permission: environmentDestroyPermission,
    resourceRef: id,
  });
  const recommended = useBlueprint(blueprint.name).data?.recommendedVersion;
  const blocked = (kind: ChangeKind) =>
    blockedReason(environment, kind, kind === 'destroy' ? destroy : update);
  const updateBlocked = blocked('update');
  const newer =
    recommended && recommended !== blueprint.version ? recommended : undefined;

  return (
    <>
      {updateBlocked ? (
        <Button variant="secondary" isDisabled>
          {`Update ${name}`}
        </Button>
      ) : (
        <ButtonLink variant="secondary" href={paths.change('update', name)}>
          {`Update ${name}`}
        </ButtonLink>
      )}
      <MenuTrigger>
        <ButtonIcon
          variant="secondary"
          aria-label={`More for ${name}`}
          icon={<RiMore2Line />}
        />
        <ActionMenu
          items={[
            {
              id: 'update',
              label: `Update ${name}`,
              href: paths.change('update', name),
              blocked: updateBlocked,
            },
            {
              id: 'upgrade',
              label: newer ? `Upgrade ${name} to ${newer}` : `Upgrade ${name}`,
              href: paths.change('upgrade', name),
              blocked:
                blocked('upgrade') ??
                (newer
                  ? undefined
                  : `It is on the recommended version, ${blueprint.version}.`),
            },
            {
              id: 'take-out',
              label: `Take ${name} out as Terraform`,
              blocked: takeOut.isPending ? 'It is being gathered.' : undefined,
              onAction: () => takeOut.mutate(),
            },
            ...IN_MENU.map(kind => ({
              id: kind,
              label: `${CHANGES[kind].verb} ${name}…`,
              danger: kind === 'destroy',
              blocked: blocked(kind),
              onAction: () => setAsking(kind),
            })),
          ]}
          sections={[{ title: 'Lease', items: lease.items }]}
        />
      </MenuTrigger>
      {takeOut.isError && (
        <Failure error={takeOut.error} what={`${name} was not taken out`} />
      )}
      {lease.dialog}
      {asking && (
        <ChangeDialog
          environment={environment}
          kind={asking}
          isOpen
          onOpenChange={open => !open && setAsking(undefined)}
        />
      )}
    </>
  );
}
