import { RiArrowRightLine } from '@remixicon/react';
import { GraphNode } from './graphNode';
import { NodeWords } from './NodeBox';
import styles from './graph.module.css';

/** The same components in the order in which they are made, each with what it uses of others. */
export function NodeList(props: {
  nodes: GraphNode[];
  picked?: string;
  onPick: (id: string) => void;
}) {
  const { nodes, picked, onPick } = props;
  return (
    <ul className={styles.list} aria-label="Components">
      {nodes.map(node => (
        <li key={node.id} className={styles.item}>
          <button
            type="button"
            className={styles.node}
            aria-pressed={picked === node.id}
            onClick={() => onPick(node.id)}
          >
            <NodeWords node={node} />
          </button>
          {node.uses.length > 0 && (
            <div className={styles.uses}>
              {node.uses.map(use => (
                <div key={use.component}>
                  uses {use.component}
                  {use.outputs.length > 0 && (
                    <>
                      {' '}
                      <RiArrowRightLine size={12} aria-hidden="true" />{' '}
                      <code>{use.outputs.join(', ')}</code>
                    </>
                  )}
                </div>
              ))}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
