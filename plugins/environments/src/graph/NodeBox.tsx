import { Handle, Node, NodeProps, Position } from '@xyflow/react';
import { StateBadge } from '../state/StateBadge';
import { GraphNode } from './graphNode';
import styles from './graph.module.css';

export type BoxNode = Node<
  {
    node: GraphNode;
    picked: boolean;
    /** Components that it uses, from the top down. */
    arriving: string[];
    onPick: (id: string) => void;
  },
  'box'
>;

/** A component in the graph: a button, so that it is reached and pressed as any other. */
export function NodeBox({ data }: NodeProps<BoxNode>) {
  const { node, picked, arriving, onPick } = data;
  return (
    <>
      {arriving.map((component, index) => (
        <Handle
          key={component}
          id={component}
          type="target"
          position={Position.Left}
          className={styles.port}
          style={{ top: `${((index + 1) / (arriving.length + 1)) * 100}%` }}
        />
      ))}
      <button
        type="button"
        className={`nodrag nopan ${styles.node}`}
        aria-pressed={picked}
        onClick={() => onPick(node.id)}
      >
        <NodeWords node={node} />
      </button>
      <Handle type="source" position={Position.Right} className={styles.port} />
    </>
  );
}

export function NodeWords({ node }: { node: GraphNode }) {
  return (
    <>
      <span className={styles.nodeRow}>
        <strong className={styles.clip} title={node.id}>
          {node.id}
        </strong>
        {node.view && <StateBadge view={node.view} />}
      </span>
      <span className={`${styles.nodeRow} ${styles.caption}`}>
        <span>{node.caption}</span>
        <span>{node.driver}</span>
      </span>
    </>
  );
}
