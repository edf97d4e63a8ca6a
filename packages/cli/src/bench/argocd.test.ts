import { benchArgocd } from './argocd';

it('counts one request for all applications, beside one for each', async () => {
  const report = await benchArgocd({ rounds: 1, applications: 5 });
  const rows = report.split('\n').map(line => line.split(' | '));
  expect(rows[2].slice(0, 4)).toEqual(['| the stand-in', '5', '5', '1']);
});
