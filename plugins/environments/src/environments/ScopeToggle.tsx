import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  ENVIRONMENT_SCOPES,
  EnvironmentCounts,
  EnvironmentScope,
} from '@greenroom/plugin-environments-common';
import styles from './environments.module.css';

const LABELS: Record<EnvironmentScope, string> = {
  mine: 'Mine',
  teams: 'My teams',
  all: 'All',
};

export function ScopeToggle(props: {
  scope: EnvironmentScope;
  counts?: EnvironmentCounts;
  onChange: (scope: EnvironmentScope) => void;
}) {
  const { scope, counts, onChange } = props;
  return (
    <ToggleButtonGroup
      aria-label="Whose environments"
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
          <span className={styles.count}>{counts?.[one] ?? '\u2007'}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
