import { OperationSummary } from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';

/** Why an operation exists, in one line. */
export function whyText(
  operation: Pick<OperationSummary, 'cause' | 'requestedBy' | 'dryRun'>,
): string {
  const { cause, requestedBy, dryRun } = operation;
  const by = entityName(requestedBy);
  const dry = dryRun ? 'Dry run, ' : '';
  switch (cause.code) {
    case 'request':
      return dry ? `${dry}asked for by ${by}` : `Asked for by ${by}`;
    case 'retry':
      return dry ? `${dry}retry by ${by}` : `Retry by ${by}`;
    case 'rollback':
      return dry ? `${dry}roll back by ${by}` : `Roll back by ${by}`;
    case 'fleet':
      return `${cause.message}, for ${by}`;
    case 'lease.expired':
    case 'teardown.retry':
    case 'teardown.check':
    case 'schedule.sleep':
    case 'schedule.wake':
    case 'idle.after':
      return cause.message;
    default: {
      const unknown: never = cause.code;
      return unknown;
    }
  }
}
