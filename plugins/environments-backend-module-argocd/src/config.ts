import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Where components go: which Argo CD, which of its projects, which cluster. */
export interface Placement {
  instance: string;
  project: string;
  /** Address or name. */
  cluster: string;
}

/** What an environment is matched by. */
export interface Placed {
  owner: string;
  type: string;
}

interface PlacementRule extends Placement {
  owners?: string[];
  types?: string[];
}

const OWN_CLUSTER = 'https://kubernetes.default.svc';

/** Says where the components of an environment go, by the configuration. */
export class Placements {
  /**
   * @param instances - names of those that are configured, the default one first
   * @returns undefined where nothing is configured
   * @throws InputError, with the place, for a placement that can't be used
   */
  static fromConfig(root: Config, instances: string[]): Placements | undefined {
    const place = 'environments.argocd.placements';
    const rules = root
      .getOptionalConfigArray(place)
      ?.map(config => readRule(config, instances));
    if (rules?.length === 0)
      throw new InputError(
        `${place} is empty. Name at least one project there, or remove environments.argocd`,
      );
    return rules && new Placements(rules);
  }

  private constructor(private readonly rules: PlacementRule[]) {}

  /** @param instance - the one that the component itself asks for */
  find({ owner, type }: Placed, instance?: string): Placement | undefined {
    const matches = (values: string[] | undefined, value: string) =>
      values === undefined ||
      values.some(one => one.toLowerCase() === value.toLowerCase());
    const found = this.rules.find(
      rule =>
        matches(rule.owners, owner) &&
        matches(rule.types, type) &&
        (instance === undefined || rule.instance === instance),
    );
    return (
      found && {
        instance: found.instance,
        project: found.project,
        cluster: found.cluster,
      }
    );
  }

  /** Each project of each instance once. */
  get projects(): Pick<Placement, 'instance' | 'project'>[] {
    const byKey = new Map(
      this.rules.map(({ instance, project }) => [
        JSON.stringify([instance, project]),
        { instance, project },
      ]),
    );
    return [...byKey.values()];
  }

  get instances(): string[] {
    return [...new Set(this.rules.map(({ instance }) => instance))];
  }
}

function readRule(config: Config, instances: string[]): PlacementRule {
  const instance = config.getOptionalString('instance') ?? instances.at(0);
  if (instance === undefined || !instances.includes(instance))
    throw new InputError(
      `environments.argocd.placements names the Argo CD instance "${instance ?? ''}", which is not in argocd.appLocatorMethods. ${instances.length > 0 ? `There are: ${instances.join(', ')}` : 'List it there, with its url and token'}`,
    );
  return {
    instance,
    project: config.getString('project'),
    cluster: config.getOptionalString('cluster') ?? OWN_CLUSTER,
    owners: config.getOptionalStringArray('match.owner'),
    types: config.getOptionalStringArray('match.type'),
  };
}
