import { parseArgs } from 'node:util';
import { startArgocdSandbox } from './server';

/**
 * The stand-in as a program, until it is told to end:
 * `--port 7070 --folder FOLDER --repository ADDRESS=FOLDER`, with the token of the account
 * `greenroom` in ARGOCD_SANDBOX_TOKEN. People sign in as `admin`, by ARGOCD_SANDBOX_PASSWORD.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      folder: { type: 'string' },
      repository: { type: 'string', multiple: true, default: [] },
    },
  });
  const token = process.env.ARGOCD_SANDBOX_TOKEN;
  const password = process.env.ARGOCD_SANDBOX_PASSWORD;
  if (!token) throw new Error('ARGOCD_SANDBOX_TOKEN is not set');
  const sandbox = await startArgocdSandbox({
    accounts: [
      { name: 'greenroom', token },
      { name: 'admin', password },
    ],
    projects: ['default'],
    port: Number(values.port),
    folder: values.folder,
    repositories: Object.fromEntries(values.repository.map(pairOf)),
  });
  const end = () => void sandbox.close();
  process.once('SIGTERM', end).once('SIGINT', end);
  process.stdout.write(`A stand-in for Argo CD listens at ${sandbox.url}\n`);
}

function pairOf(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new Error(`--repository ${text}: write ADDRESS=FOLDER`);
  return [text.slice(0, at), text.slice(at + 1)];
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
