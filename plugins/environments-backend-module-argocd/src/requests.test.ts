import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Component } from './testing/component';
import { stageOnStandIn } from './__testUtils__/stages';

/** What goes out to Argo CD while `work` goes on; NAME stands for the application. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const found: string[] = [];
  const take = (message: unknown) => {
    const { method, path } = (
      message as { request: { method: string; path: string } }
    ).request;
    found.push(
      `${method} ${path.split('?')[0]}`
        .replace('/api/v1/applications', '')
        .replace(/\/counted-app-[0-9a-f]{8}/, '/NAME'),
    );
  };
  subscribe('undici:request:create', take);
  try {
    await work();
  } finally {
    unsubscribe('undici:request:create', take);
  }
  return found;
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
    await onStage().cleanUp();
    await one.close();
  });
});
