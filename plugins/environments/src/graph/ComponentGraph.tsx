import {
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
  useBreakpoint,
} from '@backstage/ui';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { GraphNode } from './graphNode';
import { GraphShape, layoutOf, NODE_HEIGHT, shapeKey } from './layout';
import { NodeList } from './NodeList';
import styles from './graph.module.css';

// Drawing takes a library that no other page needs.
const Canvas = lazy(() => import('./Canvas'));

/** Components and what they use of each other: as a drawing, or in words as a list. */
export function ComponentGraph(props: {
  nodes: GraphNode[];
  picked?: string;
  onPick: (id: string) => void;
}) {
  const { nodes, picked, onPick } = props;
  const { down } = useBreakpoint();
  const [chosen, setChosen] = useState<'graph' | 'list'>();
  const shown = chosen ?? (down('md') ? 'list' : 'graph');
  const shape: GraphShape = {
    nodes: nodes.map(({ id }) => id),
    edges: nodes.flatMap(({ id, uses }) =>
      uses
        .filter(({ component }) => nodes.some(node => node.id === component))
        .map(({ component }) => ({ from: component, to: id })),
    ),
  };
  const layout = useQuery({
    queryKey: ['environments', 'layout', shapeKey(shape)],
    queryFn: () => layoutOf(shape),
    staleTime: Infinity,
    enabled: shown === 'graph',
  });
  const list = <NodeList nodes={nodes} picked={picked} onPick={onPick} />;
  const waiting = <Skeleton width="100%" height={2 * NODE_HEIGHT + 28} />;

  return (
    <section className={styles.graph} aria-label="Graph of components">
      {shown === 'list' || layout.isError
        ? list
        : (layout.data && (
            <Suspense fallback={waiting}>
              <Canvas
                nodes={nodes}
                layout={layout.data}
                picked={picked}
                onPick={onPick}
              />
            </Suspense>
          )) ||
          waiting}
      <div className={styles.foot}>
        <span className={styles.quiet}>
          {shown === 'graph' &&
            shape.edges.length > 0 &&
            'Arrows carry the named output.'}
        </span>
        <ToggleButtonGroup
          aria-label="Show components as"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[shown]}
          onSelectionChange={keys =>
            setChosen(keys.has('list') ? 'list' : 'graph')
          }
        >
          <ToggleButton id="graph">Graph</ToggleButton>
          <ToggleButton id="list">List</ToggleButton>
        </ToggleButtonGroup>
      </div>
    </section>
  );
}
