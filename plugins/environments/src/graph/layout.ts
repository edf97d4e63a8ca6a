import type { ELK, ElkNode } from 'elkjs/lib/elk-api';

export const NODE_WIDTH = 240;
export const NODE_HEIGHT = 64;

/** What decides where things are: nothing else does, so a change of state moves nothing. */
export interface GraphShape {
  nodes: string[];
  edges: { from: string; to: string }[];
}

export interface Layout {
  width: number;
  height: number;
  /** Top left corners. */
  places: ReadonlyMap<string, { x: number; y: number }>;
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '160',
  'elk.spacing.nodeNode': '28',
  // Components keep the order that the blueprint's author gave them.
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

let engine: Promise<ELK> | undefined;
const known = new Map<string, Promise<Layout>>();

/** The same key for the same shape. */
export function shapeKey(shape: GraphShape): string {
  return JSON.stringify(shape);
}

/** Places nodes from left to right along their edges; asked again for the same shape, it answers the same. */
export function layoutOf(shape: GraphShape): Promise<Layout> {
  const key = shapeKey(shape);
  const before = known.get(key);
  if (before) return before;
  const layout = compute(shape);
  known.set(key, layout);
  layout.catch(() => known.delete(key));
  return layout;
}

async function compute({ nodes, edges }: GraphShape): Promise<Layout> {
  // Large, and needed by pages with a graph alone.
  engine ??= import('elkjs/lib/elk.bundled.js').then(
    ({ default: Engine }) => new Engine(),
  );
  const root: ElkNode = {
    id: 'root',
    layoutOptions: OPTIONS,
    children: nodes.map(id => ({
      id: `node ${id}`,
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
    })),
    edges: edges.map(({ from, to }) => ({
      id: `edge ${from} ${to}`,
      sources: [`node ${from}`],
      targets: [`node ${to}`],
    })),
  };
  const {
    children = [],
    width = 0,
    height = 0,
  } = await (await engine).layout(root);
  return {
    width,
    height,
    places: new Map(
      children.map(({ id, x = 0, y = 0 }) => [
        id.slice('node '.length),
        { x, y },
      ]),
    ),
  };
}
