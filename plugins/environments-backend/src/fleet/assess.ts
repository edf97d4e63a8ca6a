import { JsonObject, Problem } from '@greenroom/plugin-environments-common';
import { impactOn } from '../blueprints/compare/impact';
import { PublishedBlueprint } from '../blueprints/types';
import { UpgradeCandidate } from '../environments/candidates';
import { InputVault } from '../environments/inputVault';
import { neededInput, upgradeInputs } from '../environments/upgradeInputs';
import { standingProblem } from './standing';

/** A candidate, and what an upgrade would make of it. */
export interface Assessed {
  candidate: UpgradeCandidate;
  /** Why it would be set aside. */
  problem?: Problem;
  needs: string[];
  drops: string[];
  losses: Problem[];
}

/** What would be lost by an upgrade stands in no way of it; everything else does. */
const LOSSES = ['upgrade.component.lost', 'upgrade.output.lost'];

/** Judges one candidate by itself: its state, its inputs, and what it would lose. */
export function assess(
  candidate: UpgradeCandidate,
  target: PublishedBlueprint,
  options: { inputs: JsonObject; vault: InputVault; now: Date },
): Assessed {
  const { id, name } = candidate;
  const { document } = target;
  const { inputs, drops, needs, problems } = upgradeInputs(
    document,
    options.vault.openFor(id, document.spec.inputs, candidate.inputs),
    options.inputs,
  );
  const impact = impactOn({ ...candidate, inputs }, target);
  const losses = impact.filter(({ code }) => LOSSES.includes(code));
  const others = impact.filter(
    problem =>
      !LOSSES.includes(problem.code) && neededInput(problem) === undefined,
  );
  const wrong = problems.length > 0 ? problems : others;
  return {
    candidate,
    needs,
    drops,
    losses,
    problem:
      standingProblem(candidate, options.now) ??
      needsProblem(name, needs) ??
      wrongProblem(name, wrong),
  };
}

function needsProblem(name: string, needs: string[]): Problem | undefined {
  if (needs.length === 0) return undefined;
  return {
    code: 'fleet.environment.needs-inputs',
    message: `${name} does not have ${needs.map(one => `"${one}"`).join(', ')}, which the version needs.`,
    remedy: 'Give them for all environments, or for this one.',
  };
}

function wrongProblem(name: string, wrong: Problem[]): Problem | undefined {
  if (wrong.length === 0) return undefined;
  return {
    code: 'fleet.environment.inputs',
    message: `The inputs of ${name} don't go with the version: ${wrong.map(({ message }) => message).join(' ')}`,
    remedy: 'Give others for it, or upgrade it on its own.',
  };
}
