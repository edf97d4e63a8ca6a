import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  ENVIRONMENT_SCOPES,
  EnvironmentScope,
} from '@greenroom/plugin-environments-common';
import styles from './list.module.css';

const LABELS: Record<EnvironmentScope, string> = {
  mine: 'Mine',
  teams: 'My teams',
  all: 'All',
};

export function ScopeToggle(props: {
  /** Begins with a capital: `Whose environments`. */
  label: string;
  scope: EnvironmentScope;
  /** Absent in lists that don't count; an empty object while counts are read. */
  counts?: Partial<Record<EnvironmentScope, number>>;
  onChange: (scope: EnvironmentScope) => void;
}) {
  const { label, scope, counts, onChange } = props;
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles.scope}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[scope]}
      onSelectionChange={keys => {
        const next = ENVIRONMENT_SCOPES.find(one => keys.has(one));
        if (next) onChange(next);
      }}
    >
      {ENVIRONMENT_SCOPES.map(one => (
        <ToggleButton key={one} id={one} className={styles.scopeButton}>
          {LABELS[one]}
          {counts && (
            <span className={styles.count}>{counts[one] ?? '\u2007'}</span>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
