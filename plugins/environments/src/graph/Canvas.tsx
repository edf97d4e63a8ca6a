import {
  Controls,
  MarkerType,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo } from 'react';
import { GraphNode } from './graphNode';
import { Layout, NODE_HEIGHT, NODE_WIDTH } from './layout';
import { LabelledEdge, OutputEdge } from './LabelledEdge';
import { BoxNode, NodeBox } from './NodeBox';
import styles from './graph.module.css';

const NODE_TYPES = { box: NodeBox };
const EDGE_TYPES = { output: LabelledEdge };
const PADDING = 24;
const TALLEST = 480;
/** Room for the buttons below the nodes. */
const CONTROLS = 48;

/** The drawing itself: it moves and zooms, and stands still while states change. */
export default function Canvas(props: {
  nodes: GraphNode[];
  layout: Layout;
  picked?: string;
  onPick: (id: string) => void;
}) {
  const { nodes, layout, picked, onPick } = props;
  const boxes = useMemo(
    () =>
      nodes.map((node): BoxNode => ({
        id: node.id,
        type: 'box',
        position: layout.places.get(node.id) ?? { x: 0, y: 0 },
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        data: {
          node,
          picked: picked === node.id,
          // From the top down, so that no two arrows cross where they arrive.
          arriving: node.uses
            .map(({ component }) => component)
            .sort((a, b) => heightOf(layout, a) - heightOf(layout, b)),
          onPick,
        },
      })),
    [nodes, layout, picked, onPick],
  );
  const edges = useMemo(() => edgesOf(nodes), [nodes]);
  const height = Math.min(TALLEST, layout.height + 2 * PADDING + CONTROLS);

  return (
    <div className={styles.canvas} style={{ height }}>
      <ReactFlowProvider>
        <ReactFlow
          nodes={boxes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          fitView
          fitViewOptions={{ maxZoom: 1, padding: `${PADDING}px` }}
          minZoom={0.2}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          // The page scrolls under the pointer; the graph zooms by its buttons.
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          attributionPosition="top-right"
        >
          <Controls
            showInteractive={false}
            position="bottom-right"
            orientation="horizontal"
            fitViewOptions={{ maxZoom: 1, padding: `${PADDING}px` }}
          />
        </ReactFlow>
      </ReactFlowProvider>
    </div>
  );
}

function edgesOf(nodes: GraphNode[]): OutputEdge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return nodes.flatMap(({ id, uses }) =>
    uses
      .filter(({ component }) => ids.has(component))
      .map(({ component, outputs }) => ({
        id: `${component} ${id}`,
        source: component,
        target: id,
        targetHandle: component,
        type: 'output' as const,
        data: { outputs: outputs.join(', ') },
        focusable: false,
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
      })),
  );
}

function heightOf(layout: Layout, id: string): number {
  return layout.places.get(id)?.y ?? 0;
}
