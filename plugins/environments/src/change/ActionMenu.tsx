import { Menu, MenuItem, MenuSection } from '@backstage/ui';
import styles from './change.module.css';

export interface ActionItem {
  id: string;
  label: string;
  danger?: boolean;
  /** Why it can't be done now. */
  blocked?: string;
  href?: string;
  onAction?: () => void;
}

/** Everything that may be done; what can't be done now stays in its place, with the reason. */
export function ActionMenu(props: {
  items: ActionItem[];
  /** What belongs together, below the others. */
  sections?: { title: string; items: ActionItem[] }[];
}) {
  const { items, sections = [] } = props;
  return (
    <Menu placement="bottom right">
      {items.map(menuItem)}
      {sections.map(section => (
        <MenuSection key={section.title} title={section.title}>
          {section.items.map(menuItem)}
        </MenuSection>
      ))}
    </Menu>
  );
}

function menuItem({ id, label, danger, blocked, href, onAction }: ActionItem) {
  return (
    <MenuItem
      key={id}
      className={`${styles.menuItem} ${danger && !blocked ? styles.danger : ''}`}
      isDisabled={blocked !== undefined}
      href={blocked ? undefined : href}
      onAction={onAction}
      textValue={label}
    >
      <span className={styles.item}>
        {label}
        {blocked && <span className={styles.reason}>{blocked}</span>}
      </span>
    </MenuItem>
  );
}
