import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import semver from 'semver';
import { capture } from './capture';
import { childEnvironment } from './childEnvironment';
import { cliConfig, ProviderSource } from './cliConfig';
import { TerraformAbortedError, TerraformCommandError } from './errors';
import { readEvent, TerraformDiagnostic, TerraformEvent } from './events';
import { follow, replay } from './follow';
import { oneAtATime } from './oneAtATime';
import { TerraformPlanDocument } from './planDocument';
import { settleEarlierRun } from './runRecord';
import { TerraformTool } from './tool';

/** Inside the module's folder, out of the tool's sight: it reads no folders that start with a dot. */
const KEEP = '.greenroom';

/** Enough to say what is wrong; a broken module can have thousands. */
const MOST_DIAGNOSTICS = 50;
const MOST_TEXT_LINES = 20;

export interface TerraformRunnerOptions {
  tool: TerraformTool;
  providers?: ProviderSource;
  /** Time for an interrupted tool to end before it is killed; 30 s when absent. */
  graceMs?: number;
  /** How long to wait for a state lock that another run holds; 30 s when absent. */
  lockTimeoutSeconds?: number;
}

/** One module's folder, and who is to hear of what is done in it. */
export interface TerraformRun {
  /** Absolute; holds the root module. */
  folder: string;
  /** Added to the few variables that every child gets: backend, credentials. */
  environment?: Record<string, string>;
  signal?: AbortSignal;
  onEvent?: (event: TerraformEvent, stream: 'stdout' | 'stderr') => void;
}

/** `refresh-only` takes the world into the state as it is; `destroy` removes all of it. */
export type PlanMode = 'normal' | 'destroy' | 'refresh-only';

/** Commands of one OpenTofu or Terraform, each a child process in a module's folder. */
export class TerraformRunner {
  readonly tool: TerraformTool;
  readonly #lockTimeout: string;

  constructor(private readonly options: TerraformRunnerOptions) {
    this.tool = options.tool;
    this.#lockTimeout = `-lock-timeout=${options.lockTimeoutSeconds ?? 30}s`;
  }

  /** Changes with whatever an init depends on beside the module. */
  get fingerprint(): string {
    const { product, version } = this.tool;
    const { mirror, cache } = this.options.providers ?? {};
    return JSON.stringify({ product, version, mirror, cache });
  }

  /** Path for a file that belongs to the runs in this folder and not to the module. */
  fileIn(folder: string, name: string): string {
    return join(folder, KEEP, name);
  }

  /** Makes the place for such files. Call it before writing one. */
  async prepare(folder: string): Promise<void> {
    await mkdir(join(folder, KEEP), { recursive: true, mode: 0o700 });
    await writeFile(
      this.fileIn(folder, 'cli.tfrc'),
      cliConfig(this.options.providers ?? {}),
      { mode: 0o600 },
    );
  }

  /**
   * Waits for a tool that a Greenroom which died left working in this folder, and passes on what
   * it said from its beginning: nobody may have heard the rest.
   *
   * @returns whether there was one at work
   */
  async settleEarlierRun({ folder, onEvent }: TerraformRun): Promise<boolean> {
    // Twice the grace: it may have begun to stop only now.
    const patienceMs = 2 * (this.options.graceMs ?? 30_000);
    const keep = join(folder, KEEP);
    return settleEarlierRun(keep, patienceMs, () =>
      replay(keep, line => {
        const event = readEvent(line);
        if (event) onEvent?.(event, 'stdout');
      }),
    );
  }

  /** Fetches modules and providers. With `backend: false` for a check of the source alone. */
  async init(
    run: TerraformRun,
    options: {
      backend: boolean;
      /** `installed`: they are there and listed, and none is fetched. */
      modules?: 'fetched' | 'installed';
      /** `held`: other providers than the lock file names are an error. */
      lock?: 'written' | 'held';
    },
  ): Promise<void> {
    const args = [
      '-json',
      '-input=false',
      ...(options.backend ? ['-reconfigure'] : ['-backend=false']),
      ...(options.modules === 'installed' ? ['-get=false'] : []),
      ...(options.lock === 'held' ? ['-lockfile=readonly'] : []),
    ];
    const init = () => this.#follow('init', args, run);
    const { cache } = this.options.providers ?? {};
    if (!cache) {
      await init();
      return;
    }
    await mkdir(cache, { recursive: true });
    // Terraform, and OpenTofu before 1.10, write the cache without a lock: two inits at once can
    // leave a half-written provider that every later init then takes. OpenTofu locks it itself.
    await (this.#locksItsCache() ? init() : oneAtATime(cache, init));
  }

  /** Checks the source against itself and its providers' schemas; needs an init. */
  async validate(run: TerraformRun): Promise<TerraformDiagnostic[]> {
    const said = await this.#capture('validate', ['-json'], run, [0, 1]);
    const { diagnostics = [] }: { diagnostics?: TerraformDiagnostic[] } =
      JSON.parse(said);
    return diagnostics;
  }

  /** Writes a plan to `out`; answers whether applying it would change anything. */
  async plan(
    run: TerraformRun,
    options: { out: string; varFile: string; mode?: PlanMode },
  ): Promise<{ hasChanges: boolean }> {
    const { mode = 'normal' } = options;
    const exitCode = await this.#follow(
      'plan',
      [
        '-json',
        '-input=false',
        '-detailed-exitcode',
        ...(mode === 'normal' ? [] : [`-${mode}`]),
        this.#lockTimeout,
        `-var-file=${options.varFile}`,
        `-out=${options.out}`,
      ],
      run,
      [0, 2],
    );
    return { hasChanges: exitCode === 2 };
  }

  async showPlan(
    run: TerraformRun,
    planFile: string,
  ): Promise<TerraformPlanDocument> {
    return JSON.parse(await this.#capture('show', ['-json', planFile], run));
  }

  async apply(run: TerraformRun, options: { planFile: string }): Promise<void> {
    await this.#follow(
      'apply',
      ['-json', '-input=false', this.#lockTimeout, options.planFile],
      run,
    );
  }

  /** Removes everything that the state lists. */
  async destroy(
    run: TerraformRun,
    options: { varFile: string },
  ): Promise<void> {
    await this.#follow(
      'apply',
      [
        '-destroy',
        '-auto-approve',
        '-json',
        '-input=false',
        this.#lockTimeout,
        `-var-file=${options.varFile}`,
      ],
      run,
    );
  }

  /** Sends a state file to the backend; the tool refuses one that is older than what is there. */
  async pushState(
    run: TerraformRun,
    options: { stateFile: string },
  ): Promise<void> {
    await this.#capture(
      'state push',
      [this.#lockTimeout, options.stateFile],
      run,
    );
  }

  async #capture(
    command: string,
    args: string[],
    run: TerraformRun,
    fine?: number[],
  ) {
    return capture({ ...this.#child(command, args, run), command, fine });
  }

  async #follow(
    command: string,
    args: string[],
    run: TerraformRun,
    fine = [0],
  ): Promise<number> {
    const aborted = () =>
      new TerraformAbortedError(`terraform ${command} was aborted`);
    if (run.signal?.aborted) throw aborted();

    const diagnostics: TerraformDiagnostic[] = [];
    const text: string[] = [];
    const { exitCode, killedBy } = await follow({
      ...this.#child(command, args, run),
      keep: join(run.folder, KEEP),
      onLine: (stream, line) => {
        const event = readEvent(line);
        if (!event) return;
        if (event.type === 'diagnostic') {
          const { diagnostic } = event;
          if (
            diagnostic.severity === 'error' &&
            diagnostics.length < MOST_DIAGNOSTICS
          )
            diagnostics.push(diagnostic);
        } else if (event.type === 'text') {
          text.push(event.message);
          if (text.length > MOST_TEXT_LINES) text.shift();
        }
        run.onEvent?.(event, stream);
      },
    });
    if (run.signal?.aborted) throw aborted();
    if (exitCode !== undefined && fine.includes(exitCode)) return exitCode;
    throw new TerraformCommandError({
      command,
      exitCode,
      killedBy,
      diagnostics,
      text: text.join('\n'),
    });
  }

  #child(command: string, args: string[], run: TerraformRun) {
    return {
      binary: this.tool.path,
      args: [...command.split(' '), '-no-color', ...args],
      folder: run.folder,
      environment: childEnvironment(process.env, {
        TF_CLI_CONFIG_FILE: this.fileIn(run.folder, 'cli.tfrc'),
        ...run.environment,
      }),
      signal: run.signal,
      graceMs: this.options.graceMs,
    };
  }

  #locksItsCache(): boolean {
    const { product, version } = this.tool;
    const release = semver.coerce(version);
    return product === 'OpenTofu' && !!release && semver.gte(release, '1.10.0');
  }
}
