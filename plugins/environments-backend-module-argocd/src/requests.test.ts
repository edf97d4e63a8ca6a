import { Component } from './testing/component';
import { requestsOf } from './__testUtils__/requests';
import { stageOnStandIn } from './__testUtils__/stages';

/**
 * What is asked while `work` goes on; NAME stands for the application. Whoever waits looks by
 * itself a moment later: whether it listens to a stream by then is a matter of that moment.
 */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  return (await requestsOf(work))
    .filter(request => !request.startsWith('GET /api/v1/stream/'))
    .map(request =>
      request
        .split('?')[0]
        .replace('/api/v1/applications', '')
        .replace(/\/counted-app-[0-9a-f]{8}/, '/NAME'),
    );
}

describe('What is asked of Argo CD', () => {
  const onStage = stageOnStandIn();

  it('is asked once, for what is there and unchanged', async () => {
    const { driver } = onStage();
    const one = await Component.make('counted', onStage().source('good/one'));
    await one.make(driver);
    let hash = '';
    const planned = async () => {
      ({ hash } = await one.plan(driver));
    };
    expect(await asked(planned)).toEqual([
      'GET /NAME',
      'GET /NAME-plan',
      'POST ',
      'GET /NAME-plan',
      'GET /NAME-plan/managed-resources',
      'GET /NAME/managed-resources',
      'GET /NAME-plan',
      'DELETE /NAME-plan',
    ]);
    expect(await asked(() => one.apply(driver, hash))).toEqual([
      'GET /NAME',
      // With a look at Git and at the cluster.
      'GET /NAME',
      'GET /NAME/managed-resources',
    ]);
    for (const purpose of ['adopt', 'destroy'] as const)
      expect(await asked(() => one.plan(driver, {}, purpose))).toEqual([
        'GET /NAME',
        ...(purpose === 'adopt' ? ['GET /NAME'] : []),
        'GET /NAME/managed-resources',
      ]);
    expect(await asked(() => one.prove(driver))).toEqual([
      'GET /NAME',
      'GET /NAME-plan',
      'GET /NAME/managed-resources',
    ]);
    await one.destroy(driver);
    expect(await asked(() => one.prove(driver))).toEqual([
      'GET /NAME',
      // By its labels, wherever it is.
      'GET ',
      'GET /NAME-plan',
      // For the look at what it may have left.
      'POST ',
      'GET /NAME',
      'GET /NAME/managed-resources',
      'DELETE /NAME',
      // Until that is gone.
      'GET ',
      'GET /NAME',
    ]);
    await one.close();
  });
});
