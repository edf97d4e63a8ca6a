import { Knex } from 'knex';
import {
  componentGraph,
  EnvironmentOutput,
  JsonObject,
  resolveOutputs,
  resolveWith,
} from '@greenroom/plugin-environments-common';
import { DriverOutput } from '@greenroom/plugin-environments-node';
import { PublishedBlueprint } from '../blueprints/service';
import { EnvironmentChanges } from '../environments/changes';
import { OutputVault } from '../environments/outputs';
import { ComponentRecord, EnvironmentRecord } from '../environments/types';
import { Mask } from './mask';

/** What the expressions of a blueprint see while one operation runs. */
export class OperationScope {
  constructor(
    private readonly options: {
      knex: Knex;
      environments: EnvironmentChanges;
      environment: EnvironmentRecord;
      blueprint: PublishedBlueprint;
      vault: OutputVault;
      mask: Mask;
    },
  ) {}

  get environment(): EnvironmentRecord {
    return this.options.environment;
  }

  /** Folder of a component's source, relative to the snapshot. */
  source(component: string): string {
    const { document } = this.options.blueprint;
    const node = componentGraph(document).find(({ id }) => id === component);
    if (!node) throw new Error(`The blueprint has no component ${component}`);
    return node.source;
  }

  async component(id: string): Promise<ComponentRecord> {
    const found = (await this.#components()).find(each => each.id === id);
    if (!found) throw new Error(`The environment has no component ${id}`);
    return found;
  }

  /**
   * A component's `with`, all expressions resolved with the outputs as they are now.
   *
   * @throws BlueprintExpressionError
   */
  async resolve(component: string): Promise<JsonObject> {
    const { document } = this.options.blueprint;
    return resolveWith(document, component, await this.#scope());
  }

  /** The environment's own outputs; sensitive ones without their value. */
  async outputs(): Promise<EnvironmentOutput[]> {
    const { document } = this.options.blueprint;
    const outputs = resolveOutputs(document, await this.#scope());
    return outputs.map(({ value, ...output }) =>
      output.sensitive ? output : { ...output, value },
    );
  }

  async #scope() {
    const { environment, blueprint } = this.options;
    const { id, name, owner, type, inputs } = environment;
    return {
      inputs,
      environment: { id, name, slug: name, owner, type },
      owner: { ref: owner, name: owner.split('/').at(-1)! },
      blueprint: { name: blueprint.name, version: blueprint.version },
      components: Object.fromEntries(
        (await this.#components()).map(component => [
          component.id,
          { outputs: this.#open(component) },
        ]),
      ),
    };
  }

  #open(component: ComponentRecord): Record<string, DriverOutput> {
    const { environment, vault, mask } = this.options;
    const outputs = vault.open(environment.id, component.id, component.outputs);
    for (const { sensitive, value } of Object.values(outputs)) {
      if (sensitive) mask.hide(value);
    }
    return outputs;
  }

  async #components(): Promise<ComponentRecord[]> {
    const { knex, environments, environment } = this.options;
    return environments.components(knex, environment.id);
  }
}
