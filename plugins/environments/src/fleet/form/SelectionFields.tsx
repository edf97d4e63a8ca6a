import { Select } from '@backstage/ui';
import {
  FLEET_ORDERS,
  FleetOrder,
} from '@greenroom/plugin-environments-common';
import { useBlueprint, useBlueprints } from '../../data/queries';
import { checkSelector } from '../../labels/draft';
import { LabelsField } from '../../labels/LabelsField';
import { useOwnerOptions } from '../../list/useOwnerOptions';
import { FleetDraft } from './draft';
import styles from '../fleet.module.css';

const RECOMMENDED = 'recommended';

const ORDERS: Record<FleetOrder, string> = {
  name: 'By name',
  newest: 'The newest first',
  oldest: 'The oldest first',
};

/** Which environments, to which version. */
export function SelectionFields(props: {
  draft: FleetDraft;
  onChange: (change: Partial<FleetDraft>) => void;
}) {
  const { draft, onChange } = props;
  const blueprints = useBlueprints().data ?? [];
  const blueprint = useBlueprint(draft.blueprint || undefined).data;
  const owners = useOwnerOptions(draft.owner, []);
  const versions = blueprint?.versionList ?? [];
  const recommended = blueprint?.recommendedVersion;
  const offered = versions.filter(({ status }) =>
    ['published', 'deprecated'].includes(status),
  );
  return (
    <>
      <div className={styles.pair}>
        <Select
          label="Blueprint"
          secondaryLabel="Required"
          options={blueprints.map(({ name, title }) => ({
            id: name,
            label: title,
          }))}
          value={draft.blueprint || null}
          onChange={key =>
            onChange({
              blueprint: String(key),
              version: undefined,
              from: [],
              inputs: {},
            })
          }
        />
        <Select
          label="To version"
          options={[
            ...(recommended
              ? [{ id: RECOMMENDED, label: `${recommended}, recommended` }]
              : []),
            ...offered
              .filter(({ version }) => version !== recommended)
              .map(({ version, status }) => ({
                id: version,
                label:
                  status === 'deprecated' ? `${version}, deprecated` : version,
              })),
          ]}
          value={draft.version ?? RECOMMENDED}
          onChange={key =>
            onChange({ version: key === RECOMMENDED ? undefined : String(key) })
          }
        />
      </div>
      <div className={styles.pair}>
        <Select
          label="From versions"
          placeholder="any other"
          selectionMode="multiple"
          options={versions
            .filter(({ environments }) => environments > 0)
            .map(({ version }) => ({ id: version, label: version }))}
          value={draft.from}
          onChange={keys => onChange({ from: keys.map(String) })}
        />
        <Select
          label="Owners"
          placeholder="anybody"
          selectionMode="multiple"
          searchable
          searchPlaceholder="Search owners"
          options={owners}
          value={draft.owner}
          onChange={keys => onChange({ owner: keys.map(String) })}
        />
      </div>
      <LabelsField
        label="Labels"
        description="Only environments that have all of them: a key, or a key and its value."
        draft={draft.label}
        check={checkSelector}
        onChange={label => onChange({ label })}
      />
      <Select
        label="Order"
        options={FLEET_ORDERS.map(id => ({ id, label: ORDERS[id] }))}
        value={draft.order}
        onChange={key => onChange({ order: key as FleetOrder })}
      />
    </>
  );
}
