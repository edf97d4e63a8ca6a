import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  FleetPreview,
  FleetUpgradeRequest,
  JsonObject,
  Problem,
  secretInputNames,
} from '@greenroom/plugin-environments-common';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { UpgradeCandidates } from '../environments/candidates';
import { requireLabelSelectors } from '../environments/labelled';
import { InputVault } from '../environments/inputVault';
import { InputProblemError } from '../errors';
import { assess, Assessed } from './assess';
import { FleetTooLargeError } from './errors';
import { Mandate, Mandates } from './mandate';
import { notAllowedProblem } from './standing';
import { inWaves } from './waves';
import { windowProblems } from './windows';

/** Environments of one fleet upgrade: bounds a request, and what one decision can break. */
const MOST = 1000;

/** Who a fleet upgrade is about. */
export interface Selected {
  target: PublishedBlueprint;
  /** In the order of their turns; those without a wave, which would be set aside, come last. */
  items: (Assessed & { wave?: number })[];
}

/** Finds the environments that somebody means, and judges each as it is now. */
export class FleetSelector {
  constructor(
    private readonly options: {
      knex: Knex;
      access: Pick<EnvironmentAccess, 'visible'>;
      blueprints: Pick<BlueprintService, 'getForRequest'>;
      candidates: UpgradeCandidates;
      mandates: Mandates;
      inputVault: InputVault;
      clock: Clock;
    },
  ) {}

  /**
   * @throws NotFoundProblemError when there is no such version, or it is not published
   * @throws BlueprintVersionRetiredError
   * @throws InputProblemError
   */
  async select(
    request: FleetUpgradeRequest,
    mandate: Mandate,
    credentials: BackstageCredentials,
  ): Promise<Selected> {
    const { knex, access, blueprints, candidates } = this.options;
    const { mandates, inputVault, clock } = this.options;
    const { selection, order = 'name', inputs = {}, waves = [] } = request;
    const { environmentInputs = {} } = request;
    requireLabelSelectors(selection.label, '/selection/label');
    const target = await blueprints.getForRequest({
      name: selection.blueprint,
      version: request.version,
    });
    const found = await candidates.find(knex, {
      selection,
      to: target.version,
      visible: await access.visible(credentials),
      order,
      limit: MOST + 1,
    });
    if (found.length > MOST) throw new FleetTooLargeError(MOST);
    const problems = [
      ...windowProblems(request.windows ?? []),
      ...secretProblems(target, '/inputs', inputs),
      ...Object.entries(environmentInputs).flatMap(([name, own]) =>
        secretProblems(target, `/environmentInputs/${name}`, own),
      ),
      ...unselected(
        Object.keys(environmentInputs),
        found.map(({ name }) => name),
      ),
    ];
    if (problems.length > 0) throw new InputProblemError(problems);

    const now = clock.now();
    const assessed = found.map(candidate => {
      const own = environmentInputs[candidate.name];
      const judged = assess(candidate, target, {
        inputs: { ...inputs, ...own },
        vault: inputVault,
        now,
      });
      return mandates.allows(mandate, candidate)
        ? judged
        : { ...judged, problem: notAllowedProblem(mandate.actor, candidate) };
    });
    const fit = assessed.filter(({ problem }) => problem === undefined);
    return {
      target,
      items: [
        ...inWaves(fit, waves).map(({ wave, item }) => ({ ...item, wave })),
        ...assessed.filter(({ problem }) => problem !== undefined),
      ],
    };
  }
}

export function toPreview({ target, items }: Selected): FleetPreview {
  const { name, version, warnings } = target;
  const numbers = items.flatMap(({ wave }) => wave ?? []);
  return {
    blueprint: name,
    to: version,
    warnings,
    waves: [...new Set(numbers)].map(number => ({
      number,
      environments: numbers.filter(other => other === number).length,
    })),
    setAside: items.length - numbers.length,
    items: items.map(({ candidate, wave, problem, needs, drops, losses }) => ({
      environmentId: candidate.id,
      name: candidate.name,
      owner: candidate.owner,
      version: candidate.version,
      wave,
      problem,
      needs,
      drops,
      losses,
    })),
  };
}

function unselected(named: string[], selected: string[]): Problem[] {
  return named
    .filter(name => !selected.includes(name))
    .map(name => ({
      code: 'fleet.inputs.unselected',
      field: `/environmentInputs/${name}`,
      message: `Inputs are given for "${name}", which is not selected.`,
      remedy: 'Leave them out, or select that environment.',
    }));
}

/** A fleet upgrade is a record that many may read, for long: no place for secrets. */
function secretProblems(
  { document }: PublishedBlueprint,
  field: string,
  inputs: JsonObject,
): Problem[] {
  const secrets = secretInputNames(document.spec.inputs);
  return Object.keys(inputs)
    .filter(name => secrets.has(name))
    .map(name => ({
      code: 'fleet.inputs.secret',
      field: `${field}/${name}`,
      message: `"${name}" is a secret, which a fleet upgrade does not take.`,
      remedy:
        'Leave it out: environments keep the secrets that they have. Upgrade one that needs another on its own.',
    }));
}
