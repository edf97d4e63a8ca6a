import { ArgocdConflictError } from '@greenroom/plugin-argocd-node';
import { unlessBusy } from './problems';

const words = { message: 'Somebody was faster', remedy: 'Try again' };
const call = { instance: 'one', request: 'POST /sync', said: 'no' };
const conflict = (reason: ArgocdConflictError['reason']) =>
  new ArgocdConflictError(reason, 'one refused', 'Wait', call);

it('says of a busy application what that means for who asked', async () => {
  const cause = conflict('operationRunning');
  const asked = unlessBusy('app', () => Promise.reject(cause), words);
  await expect(asked).rejects.toMatchObject({
    problem: {
      code: 'argocd.conflict.operationRunning',
      component: 'app',
      ...words,
    },
    cause,
  });
});

it('leaves alone what is answered, and what is refused for another reason', async () => {
  expect(await unlessBusy('app', async () => 'answer', words)).toBe('answer');
  const other = conflict('syncWindow');
  const asked = unlessBusy('app', () => Promise.reject(other), words);
  await expect(asked).rejects.toBe(other);
});
