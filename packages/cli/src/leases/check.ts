import {
  EnvironmentsClient,
  Operation,
  TeardownCheck,
} from '@greenroom/plugin-environments-common';
import { Portal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { CommandError } from '../portal/failures';
import { problemText } from '../portal/problemText';

/** `./greenroom lease check`: waits for the verdict; 1 when the teardown would fail. */
export async function checkTeardown(
  { client, terminal, answer }: Portal<object>,
  environment: string,
): Promise<void> {
  const id = await environmentId(client, environment);
  const { id: operationId, number } = await client.checkTeardown(id);
  terminal.remark(
    `Operation ${number} plans the teardown, and changes nothing`,
  );
  await client.streamLogs(operationId, { onLine: () => {} });
  const check = await verdictOf(client, id, operationId);
  answer(check, () => describeCheck(check));
  if (check.problems.length === 0) return;
  throw new CommandError(
    'Its teardown would fail.',
    'See to what is said above, then check it again.',
  );
}

/** @throws CommandError when the check was interrupted, and says nothing */
async function verdictOf(
  client: EnvironmentsClient,
  id: string,
  operationId: string,
): Promise<TeardownCheck> {
  const { teardownCheck } = await client.getEnvironment(id);
  if (teardownCheck?.operationId === operationId) return teardownCheck;
  const { problem }: Operation = await client.getOperation(operationId);
  throw new CommandError(
    `The check came to no answer: ${problem?.message ?? 'a newer one did.'}`,
    'Check it again.',
  );
}

function describeCheck({ problems, cautions, removes }: TeardownCheck): string {
  const resources = removes === 1 ? '1 resource' : `${removes} resources`;
  return [
    ...problems.map(problem =>
      [problem.component, problemText(problem)].filter(Boolean).join(': '),
    ),
    ...cautions.map(problemText),
    ...(problems.length === 0
      ? [`Its teardown would get through: ${resources} would go.`]
      : []),
  ].join('\n');
}
