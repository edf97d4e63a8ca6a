import { BaseEdge, Edge, EdgeProps, getSmoothStepPath } from '@xyflow/react';
import styles from './graph.module.css';

export type OutputEdge = Edge<{ outputs: string }, 'output'>;

/** As long as there is room between two columns of nodes. */
const ROOM = 16;

/** An arrow with the name of what it carries, written where it arrives. */
export function LabelledEdge(props: EdgeProps<OutputEdge>) {
  const { targetX, targetY, markerEnd, data } = props;
  const [path] = getSmoothStepPath({ ...props, borderRadius: 8 });
  const outputs = data?.outputs ?? '';
  return (
    <>
      <BaseEdge path={path} markerEnd={markerEnd} />
      <text
        x={targetX - 16}
        y={targetY - 5}
        textAnchor="end"
        className={styles.label}
      >
        <title>{outputs}</title>
        {outputs.length > ROOM ? `${outputs.slice(0, ROOM - 1)}…` : outputs}
      </text>
    </>
  );
}
