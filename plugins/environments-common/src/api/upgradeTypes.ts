import { Problem } from '../problem';
import { BlueprintComparison } from './blueprintTypes';

/**
 * What an upgrade would mean for one environment, with the version and the inputs that it has.
 *
 * @public
 */
export interface EnvironmentUpgrade {
  /** The version that it has. */
  from: string;
  /** What its blueprint recommends; absent: nothing. */
  recommended?: string;
  /** The recommended version is a newer one than its own. */
  behind: boolean;
  /** The version that the rest is about: the one asked for, else the recommended one. Absent: it has that one. */
  to?: string;
  /** What differs between the two versions. */
  comparison?: BlueprintComparison;
  /** Names of inputs that it does not have and that must be given. */
  needs: string[];
  /** Names of inputs that it has and that there are no more; they are left out. */
  drops: string[];
  /** What else is in the way, or would be lost. */
  problems: Problem[];
  /** What stands in no way, but should be known: that version is deprecated. */
  warnings: Problem[];
}
