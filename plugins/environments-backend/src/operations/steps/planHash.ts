import { createHash } from 'node:crypto';
import { StepRecord } from '../types';

/**
 * Over all that is planned so far, in the order of the steps: what a confirmation is bound to.
 * Words and attributes count only as far as the hash of each component's plan covers them.
 */
export function operationPlanHash(steps: StepRecord[]): string {
  const plans = [...steps]
    .sort((a, b) => a.position - b.position)
    .filter(step => step.action === 'plan' && step.plan)
    .map(({ component, purpose, plan }) => [component, purpose, plan!.hash]);
  return createHash('sha256').update(JSON.stringify(plans)).digest('hex');
}
