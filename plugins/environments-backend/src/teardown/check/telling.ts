import { Telling } from '../telling';
import { checkNotice } from './notice';
import { UntoldCheck } from './types';

/** Tells people of teardowns that would fail: that they are to be told is on record with the verdict. */
export class TeardownCheckTelling extends Telling<UntoldCheck> {
  readonly name = 'Telling of teardowns that would fail';

  protected notice(untold: UntoldCheck, recipients: string[]) {
    return checkNotice(untold, recipients);
  }

  protected what({ environmentId }: UntoldCheck): string {
    return `that the teardown of environment ${environmentId} would fail`;
  }
}
