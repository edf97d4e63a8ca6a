import { spawnSync } from 'node:child_process';

/**
 * The commit that one's own work begins after: where the branch left its
 * upstream, or the last commit but one where nothing is one's own.
 *
 * @returns its abbreviated hash; undefined where git knows none, as in an
 *   archive of the sources
 */
export function lastShared(root) {
  const git = (...args) => {
    const { status, stdout } = spawnSync('git', args, {
      cwd: root,
      encoding: 'utf8',
    });
    return status === 0 ? stdout.trim() : undefined;
  };
  const head = git('rev-parse', 'HEAD');
  if (!head) {
    return undefined;
  }
  const base = git('merge-base', 'HEAD', '@{upstream}');
  const isOwn = base && (base !== head || git('status', '--porcelain'));
  return git('rev-parse', '--short', isOwn ? base : 'HEAD~1');
}
