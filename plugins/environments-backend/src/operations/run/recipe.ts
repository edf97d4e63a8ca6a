import { JsonObject } from '@greenroom/plugin-environments-common';
import { digestOf } from '../../digest';

/** All that decides what a component becomes. */
export interface Recipe {
  driver: string;
  blueprintVersionId: string;
  snapshotDigest: string;
  /** Of the component's folder, relative to the snapshot. */
  sourcePath: string;
  /** Every expression resolved. */
  with: JsonObject;
  paused: boolean;
}

/**
 * What two recipes share that make the same: a component whose last apply had this hash has
 * nothing to do. Outputs of others count as far as they are in `with`, so a changed one shows here.
 *
 * @param sourceDigest over the files that the component is made of, not the whole snapshot
 */
export function componentHash(recipe: Recipe, sourceDigest: string): string {
  const { driver, paused } = recipe;
  return digestOf({ sourceDigest, driver, with: recipe.with, paused });
}
