import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command said and how it ended. */
export interface Said {
  code: number;
  out: string;
  problem: string;
}

/** The program `argocd`, signed in to one Argo CD or none. */
export class ArgocdCommand {
  readonly #home = mkdtempSync(join(tmpdir(), 'argocd-command-test-'));

  constructor(
    private readonly programs: string,
    /** `host:port` */
    readonly address: string,
  ) {}

  async run(...args: string[]): Promise<Said> {
    return new Promise(resolve => {
      const child = execFile(
        join(this.programs, 'argocd'),
        args,
        {
          timeout: 120_000,
          env: {
            PATH: `${this.programs}:${process.env.PATH}`,
            HOME: this.#home,
            TMPDIR: this.#home,
            // As the test's own Argo CD has it under other names.
            ARGOCD_BINARY_NAME: 'argocd',
          },
        },
        (error, out, problem) => {
          const code = error ? Number(error.code ?? NaN) : 0;
          resolve({ code, out: this.#plain(out), problem: messageOf(problem) });
        },
      );
      child.stdin?.end();
    });
  }

  close(): void {
    rmSync(this.#home, { recursive: true });
  }

  /** Without what is another at each time, or with each Argo CD. */
  #plain(text: string): string {
    return (
      text
        .replaceAll(/https?:\/\/(?=localhost|127)/g, '')
        .replaceAll(this.address, 'ADDRESS')
        .replaceAll(
          /\d{4}-\d\d-\d\d[T ][\d:]+(Z| ?\+0000( UTC)?|\+00:00)/g,
          'TIME',
        )
        .replaceAll(/^(Duration:\s+)\S+/gm, '$1TIME')
        .split('\n')
        .map(line => line.replaceAll(/\s+/g, ' ').trim())
        // What is told along the way is as fast as the machine.
        .filter(line => line && !/^TIME(STAMP)? /.test(line))
        .join('\n')
    );
  }
}

/** What it writes down of an error is JSON, where it is not written to a terminal. */
function messageOf(problem: string): string {
  return problem
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line).msg)
    .join('\n');
}
