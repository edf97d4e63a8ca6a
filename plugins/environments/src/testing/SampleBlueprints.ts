import {
  Blueprint,
  BlueprintComparison,
  BlueprintImpact,
  BlueprintSource,
  BlueprintSummary,
  BlueprintVersion,
  Environment,
  MoveBlueprintVersionRequest,
  PublishBlueprintRequest,
  RecommendBlueprintRequest,
} from '@greenroom/plugin-environments-common';
import { found } from './answers';

/** What a sample backend knows of blueprints. */
export interface SampleBlueprintData {
  blueprints?: BlueprintSummary[];
  versions?: BlueprintVersion[];
  /** By name and version: `site-sandbox 1.2.0`. */
  sources?: Record<string, BlueprintSource>;
  /** What any two versions differ in. */
  comparison?: Pick<BlueprintComparison, 'changes' | 'files'>;
  /** The environments that no other version fits. */
  affected?: BlueprintImpact['items'];
}

/** The part of {@link SampleApi} that is about blueprints. */
export class SampleBlueprints {
  /** What was asked to be done, in words: `cancel op-1`, with what was sent. */
  readonly done: { what: string; body?: object }[] = [];
  protected readonly versions: BlueprintVersion[];
  protected readonly blueprints: BlueprintSummary[];
  readonly #sources: Record<string, BlueprintSource>;
  readonly #comparison: Pick<BlueprintComparison, 'changes' | 'files'>;
  readonly #affected: BlueprintImpact['items'];
  readonly #environments: Environment[];

  constructor(data: SampleBlueprintData, environments: Environment[] = []) {
    this.versions = data.versions ?? [];
    this.blueprints = data.blueprints ?? [];
    this.#sources = data.sources ?? {};
    this.#comparison = data.comparison ?? { changes: [], files: [] };
    this.#affected = data.affected ?? [];
    this.#environments = environments;
  }

  async listBlueprints({
    search = '',
  }: {
    search?: string;
  }): Promise<BlueprintSummary[]> {
    return this.blueprints.filter(({ name, title }) =>
      `${name} ${title}`.toLowerCase().includes(search.toLowerCase()),
    );
  }

  async getBlueprint(name: string): Promise<Blueprint> {
    const blueprint = found(this.blueprints, one => one.name === name);
    const versions = this.versions.filter(one => one.name === name);
    return {
      ...(await blueprint),
      versionList: versions.map(({ version, status, notice, problems }) => ({
        version,
        status,
        notice,
        problems,
        publishedAt: ['published', 'deprecated', 'retired'].includes(status)
          ? '2026-11-17T08:00:00.000Z'
          : undefined,
        publishedBy: 'user:default/amir',
        environments: this.#environments.filter(
          ({ blueprint: on, state }) =>
            on.name === name && on.version === version && state !== 'destroyed',
        ).length,
      })),
    };
  }

  async getBlueprintVersion(
    name: string,
    version: string,
  ): Promise<BlueprintVersion> {
    return found(
      this.versions,
      one => one.name === name && one.version === version,
    );
  }

  async getBlueprintSource(
    name: string,
    version: string,
  ): Promise<BlueprintSource> {
    await this.getBlueprintVersion(name, version);
    return this.#sources[`${name} ${version}`] ?? { document: '', files: {} };
  }

  async publishBlueprint(
    body: PublishBlueprintRequest,
  ): Promise<BlueprintVersion> {
    this.done.push({ what: 'publish', body });
    return this.versions[0];
  }

  async compareBlueprintVersions(
    name: string,
    query: { from: string; to: string },
  ): Promise<BlueprintComparison> {
    const comparison = this.#comparison;
    const breaking = comparison.changes.some(change => change.breaking);
    return { name, ...query, ...comparison, breaking };
  }

  async getBlueprintImpact(name: string, to: string): Promise<BlueprintImpact> {
    const items = this.#affected;
    const environments = this.#environments;
    const { length } = environments.filter(
      ({ blueprint }) => blueprint.name === name,
    );
    return { name, to, environments: length, affected: items.length, items };
  }

  async moveBlueprintVersion(
    name: string,
    version: string,
    body: MoveBlueprintVersionRequest,
  ): Promise<BlueprintVersion> {
    this.done.push({ what: `move ${name} ${version}`, body });
    return this.getBlueprintVersion(name, version);
  }

  async recommendBlueprintVersion(
    name: string,
    body: RecommendBlueprintRequest,
  ): Promise<Blueprint> {
    this.done.push({ what: `recommend ${name}`, body });
    return this.getBlueprint(name);
  }
}
