import { LiveResource } from '@greenroom/plugin-environments-common';

/** A resource with what came of it. */
export interface TreeNode {
  resource: LiveResource;
  children: TreeNode[];
  /** Images that what it came of does not have. */
  images: string[];
  /** Something of it, or of what came of it, is not as it should be. */
  needsLook: boolean;
}

/** Resources below what they came of; those of which that is not known stand at the top. */
export function treeOf(resources: LiveResource[]): TreeNode[] {
  const nodes = new Map<string, TreeNode>();
  const roots: TreeNode[] = [];
  for (const resource of resources) {
    const parent = nodes.get(resource.parentId ?? '');
    const node: TreeNode = {
      resource,
      children: [],
      images: resource.images.filter(
        image => !parent?.resource.images.includes(image),
      ),
      needsLook: false,
    };
    nodes.set(resource.id, node);
    (parent?.children ?? roots).push(node);
  }
  roots.forEach(mark);
  return roots;
}

function mark(node: TreeNode): boolean {
  const below = node.children.map(mark);
  node.needsLook = needsLook(node.resource) || below.includes(true);
  return node.needsLook;
}

/** What is being made, suspended or not compared is as it should be. */
export function needsLook({ health, sync }: LiveResource): boolean {
  return (
    health === 'degraded' ||
    health === 'missing' ||
    health === 'progressing' ||
    sync === 'outOfSync'
  );
}

/** Only what needs a look, with the way there. */
export function onlyNeedingLook(nodes: TreeNode[]): TreeNode[] {
  return nodes
    .filter(node => node.needsLook)
    .map(node => ({ ...node, children: onlyNeedingLook(node.children) }));
}

/**
 * Which lie open while nobody has opened or closed them: what was declared itself shows what came
 * of it, and below that only what needs a look is shown.
 */
export function openByThemselves(nodes: TreeNode[]): string[] {
  return nodes.flatMap(node => [node.resource.id, ...openBelow(node)]);
}

function openBelow(node: TreeNode): string[] {
  return node.children
    .filter(child => child.needsLook)
    .flatMap(child => [child.resource.id, ...openBelow(child)]);
}
