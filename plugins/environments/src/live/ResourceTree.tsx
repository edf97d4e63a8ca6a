import { RiArrowRightSLine } from '@remixicon/react';
import { useMemo, useState } from 'react';
import {
  Button,
  Collection,
  Key,
  Tree,
  TreeItem,
  TreeItemContent,
} from 'react-aria-components';
import { ResourceLine } from './ResourceLine';
import { openByThemselves, TreeNode } from './tree';
import styles from './live.module.css';

/** Resources below what they came of: arrow keys move, open and close. */
export function ResourceTree(props: { label: string; nodes: TreeNode[] }) {
  const { label, nodes } = props;
  // What somebody has opened or closed stays so, whatever happens to the resources.
  const [chosen, setChosen] = useState<ReadonlyMap<Key, boolean>>(new Map());
  const open = useMemo(() => {
    const keys = new Set<Key>(openByThemselves(nodes));
    chosen.forEach((isOpen, key) =>
      isOpen ? keys.add(key) : keys.delete(key),
    );
    return keys;
  }, [nodes, chosen]);

  const choose = (wanted: Set<Key>) => {
    const next = new Map(chosen);
    wanted.forEach(key => !open.has(key) && next.set(key, true));
    open.forEach(key => !wanted.has(key) && next.set(key, false));
    setChosen(next);
  };

  return (
    <Tree
      aria-label={label}
      items={nodes}
      expandedKeys={open}
      onExpandedChange={choose}
      className={styles.tree}
    >
      {renderNode}
    </Tree>
  );
}

function renderNode(node: TreeNode) {
  const { id, kind, name } = node.resource;
  return (
    <TreeItem id={id} textValue={`${kind} ${name}`} className={styles.treeItem}>
      <TreeItemContent>
        {({ hasChildItems, isExpanded }) => (
          <>
            {hasChildItems ? (
              <Button slot="chevron" className={styles.chevron}>
                <RiArrowRightSLine
                  size={16}
                  className={isExpanded ? styles.turned : undefined}
                />
              </Button>
            ) : (
              <span />
            )}
            <ResourceLine node={node} folded={hasChildItems && !isExpanded} />
          </>
        )}
      </TreeItemContent>
      <Collection items={node.children}>{renderNode}</Collection>
    </TreeItem>
  );
}
