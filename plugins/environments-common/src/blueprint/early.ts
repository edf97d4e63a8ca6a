import { Problem } from '../problem';
import { ExpressionRole } from './secrets';

/** One expression that is decided before anything is made. */
export interface EarlyExpression {
  /** What it may give, in CEL's words; `dyn`: what that is, is only known when it runs. */
  types: string[];
  problem(why: string): Problem;
}

/** Where such expressions stand. */
export type EarlyRole = Extract<ExpressionRole, 'when' | 'cost'>;

export const EARLY: Record<EarlyRole, EarlyExpression> = {
  when: {
    types: ['bool', 'dyn'],
    problem: why => ({
      code: 'blueprint.when',
      message: `A condition is one expression that is true or false before anything is made. ${why}`,
      remedy:
        'Write it over inputs, environment, owner and blueprint: ${{ inputs.size != "none" }}.',
    }),
  },
  cost: {
    types: ['int', 'double', 'dyn'],
    problem: why => ({
      code: 'blueprint.cost',
      message: `A cost is a number, or one expression that gives one before anything is made. ${why}`,
      remedy:
        'Write it over inputs, environment, owner and blueprint: ${{ inputs.size == "large" ? 12.4 : 1.2 }}.',
    }),
  },
};

/** Undefined where an expression may draw on what is made. */
export function earlyOf(role: ExpressionRole): EarlyExpression | undefined {
  return role === 'when' || role === 'cost' ? EARLY[role] : undefined;
}
