import { Knex } from 'knex';
import {
  BlueprintDocument,
  BlueprintExpressionError,
  BlueprintScope,
  componentGraph,
  EnvironmentOutput,
  environmentReads,
  JsonObject,
  Problem,
  readsEnvironments,
  resolveOutputs,
  resolveWith,
  secretValues,
} from '@greenroom/plugin-environments-common';
import { DriverOutput } from '@greenroom/plugin-environments-node';
import { BlueprintService, PublishedBlueprint } from '../../blueprints/service';
import { sourcePath } from '../../blueprints/snapshot';
import { EnvironmentChanges } from '../../environments/changes';
import { InputVault, sealedInputs } from '../../environments/inputVault';
import { OutputVault } from '../../environments/outputs';
import { EnvironmentReads } from '../../environments/reads';
import { ComponentRecord, EnvironmentRecord } from '../../environments/types';
import { declarationOf, OperationDeclaration } from '../submission/declaration';
import { GivenVault } from './givenVault';
import { Mask } from './mask';
import { componentHash, Recipe } from './recipe';
import { requestScope } from '../submission/requestScope';
import { maskedProblem } from '../steps/stepProblems';
import { ReadStore } from '../store/reads';
import { OperationRecord } from '../types';

export interface ScopeOptions {
  knex: Knex;
  operation: OperationRecord;
  environment: EnvironmentRecord;
  /** The version that the operation wants. */
  blueprint: PublishedBlueprint;
  environments: EnvironmentChanges;
  reads: EnvironmentReads;
  readStore: ReadStore;
  blueprints: Pick<BlueprintService, 'getById' | 'sourceDigest'>;
  vault: OutputVault;
  inputVault: InputVault;
  givenVault: GivenVault;
  mask: Mask;
}

/** What one operation wants and what there is, as the expressions of its blueprint see it. */
export class OperationScope {
  constructor(private readonly options: ScopeOptions) {}

  get environment(): EnvironmentRecord {
    return this.options.environment;
  }

  async components(): Promise<ComponentRecord[]> {
    const { knex, environments, environment } = this.options;
    return environments.components(knex, environment.id);
  }

  /** Undefined before the operation that adds it has declared it. */
  async component(id: string): Promise<ComponentRecord | undefined> {
    return (await this.components()).find(each => each.id === id);
  }

  declaration(): OperationDeclaration {
    const { environment, blueprint, operation } = this.options;
    return declarationOf(environment, blueprint, operation.inputs);
  }

  /**
   * The outputs that a component takes of others.
   *
   * @returns `made`: false where they aren't known, for nothing was ever made of the other
   */
  async usedBy(
    component: string,
  ): Promise<{ component: string; outputs: string[]; made: boolean }[]> {
    const node = this.declaration().components.find(
      ({ id }) => id === component,
    );
    const made = new Set(
      (await this.components()).filter(wasMade).map(({ id }) => id),
    );
    return (node?.uses ?? []).map(use => ({
      ...use,
      made: made.has(use.component),
    }));
  }

  /**
   * A component as the operation wants it, with the outputs of others as they are now.
   *
   * @throws BlueprintExpressionError
   */
  async wantedRecipe(component: string): Promise<Recipe> {
    const { blueprint, operation } = this.options;
    const { document, versionId, snapshotDigest } = blueprint;
    const { driver, source } = nodeOf(blueprint, component);
    const paused = operation.kind === 'pause';
    const environments = await this.#read({
      components: [component],
      outputs: [],
    });
    const scope = { ...(await this.#scope()), environments };
    const given = resolveWith(document, component, scope, { paused });
    this.#hide(document, component, given);
    // A plan tells what was there before, too.
    if (sealedInputs(this.environment.inputs).length > 0) {
      const made = await this.component(component);
      if (made) await this.#given(made);
    }
    return {
      driver,
      blueprintVersionId: versionId,
      snapshotDigest,
      sourcePath: sourcePath(source),
      with: given,
      paused,
    };
  }

  /**
   * A component as its last apply was begun: what removing it works with, whatever the environment
   * was meant to be since.
   *
   * @throws BlueprintExpressionError for one made by the first release, which did not keep its `with`
   */
  async madeRecipe(component: ComponentRecord): Promise<Recipe> {
    const { id } = component;
    const { made, given } = await this.#given(component);
    // Also hides the secrets among what it was given.
    const scope = await this.#scope(made, this.environment.inputs);
    return {
      driver: component.driver,
      blueprintVersionId: made.versionId,
      snapshotDigest: made.snapshotDigest,
      sourcePath: sourcePath(nodeOf(made, id).source),
      with: given ?? resolveWith(made.document, id, scope),
      paused: component.state === 'paused',
    };
  }

  async hashOf(recipe: Recipe): Promise<string> {
    return componentHash(
      recipe,
      await this.options.blueprints.sourceDigest(recipe),
    );
  }

  /** In no words of ours may a secret be read. */
  masked(problem: Problem): Problem {
    return maskedProblem(this.options.mask, problem);
  }

  /** The environment's own outputs; sensitive ones without their value. */
  async outputs(): Promise<EnvironmentOutput[]> {
    const { document } = this.options.blueprint;
    const environments = await this.#read({
      components: [],
      outputs: Object.keys(document.spec.outputs),
    });
    const scope = { ...(await this.#scope()), environments };
    const outputs = resolveOutputs(document, scope);
    return outputs.map(({ name, title, value, sensitive }) =>
      sensitive
        ? { name, title, sensitive }
        : { name, title, sensitive, value },
    );
  }

  /**
   * What the operation has read of other environments, for some parts of its blueprint that draw
   * on it; whether that is still allowed is asked once more.
   *
   * @throws BlueprintExpressionError when it is not
   */
  async #read(
    parts: Parameters<typeof environmentReads>[2],
  ): Promise<BlueprintScope['environments']> {
    const { knex, operation, blueprint, reads, readStore } = this.options;
    const { document } = blueprint;
    if (!readsEnvironments(document)) return {};
    const { environment } = this;
    const scope = requestScope(environment, blueprint, operation.inputs);
    const wanted = environmentReads(document, scope, parts).map(
      read => read.environment,
    );
    const read = await readStore.ofOperation(knex, operation.id);
    const used = read.filter(({ name }) => wanted.includes(name));
    const refusal = await reads.refusal(knex, used, operation.readingMandate);
    if (refusal) throw new BlueprintExpressionError(refusal);
    return Object.fromEntries(
      used.map(({ name, outputs }) => [name, { outputs }]),
    );
  }

  async #scope(
    blueprint = this.options.blueprint,
    inputs = this.options.operation.inputs,
  ): Promise<BlueprintScope> {
    const components = await this.components();
    return {
      ...requestScope(
        this.options.environment,
        blueprint,
        this.#openInputs(inputs),
      ),
      components: Object.fromEntries(
        components.map(component => [
          component.id,
          { outputs: this.#open(component) },
        ]),
      ),
    };
  }

  /** What the last apply of a component was begun with; its secrets are hidden from now on. */
  async #given({ id, withSealed, blueprintVersionId }: ComponentRecord) {
    const { blueprint, blueprints, environment, givenVault } = this.options;
    const versionId = blueprintVersionId ?? environment.blueprintVersionId;
    const made =
      versionId === blueprint.versionId
        ? blueprint
        : await blueprints.getById(versionId);
    const given = withSealed && givenVault.open(environment.id, id, withSealed);
    if (given) this.#hide(made.document, id, given);
    return { made, given };
  }

  /** What was made of secrets is one, in whatever form. */
  #hide(document: BlueprintDocument, component: string, given: JsonObject) {
    for (const value of secretValues(document, component, given)) {
      this.options.mask.hide(value);
    }
  }

  #openInputs(inputs: JsonObject): JsonObject {
    const { environment, inputVault, mask } = this.options;
    const opened = inputVault.open(environment.id, inputs);
    sealedInputs(inputs).forEach(name => mask.hide(opened[name]));
    return opened;
  }

  #open(component: ComponentRecord): Record<string, DriverOutput> {
    const { environment, vault, mask } = this.options;
    const outputs = vault.open(environment.id, component.id, component.outputs);
    for (const { sensitive, value } of Object.values(outputs)) {
      if (sensitive) mask.hide(value);
    }
    return outputs;
  }
}

/** Its last apply ended well, so that its outputs are what it gives. */
export function isAtRest(
  component: ComponentRecord | undefined,
): component is ComponentRecord {
  return component?.state === 'ready' || component?.state === 'paused';
}

function wasMade(component: ComponentRecord): boolean {
  const { applyBegun, appliedHash } = component;
  return isAtRest(component) || (applyBegun && appliedHash !== undefined);
}

function nodeOf(blueprint: PublishedBlueprint, component: string) {
  const node = componentGraph(blueprint.document).find(
    ({ id }) => id === component,
  );
  if (node) return node;
  throw new Error(
    `Version ${blueprint.version} of blueprint ${blueprint.name} has no component ${component}`,
  );
}
