import { applyContract } from './apply';
import { destroyContract } from './destroy';
import { endsContract } from './ends';
import { DriverContractOptions } from './fixtures';
import { liveContract } from './live';
import { planContract } from './plan';
import { Stage } from './stage';

/** The tests that every driver passes, as a Jest suite: what the contract promises, with faults. */
export function driverContract(options: DriverContractOptions): void {
  describe(`the driver contract, by ${options.name}`, () => {
    jest.setTimeout(options.timeoutMs ?? 60_000);
    let stage: Stage;
    const onStage = () => stage;

    beforeEach(async () => {
      stage = await Stage.open(options.fixtures);
    });
    afterEach(() => stage.close());

    describe('validate', () => {
      it('finds nothing wrong with a good source', async () => {
        const trial = await stage.trialOf(stage.fixtures.good);
        expect(await trial.validate()).toEqual([]);
      });

      it('says what is wrong with a bad source, and where in the snapshot', async () => {
        const { bad } = stage.fixtures;
        const problems = await (await stage.trialOf(bad)).validate();
        expect(problems.length).toBeGreaterThan(0);
        expect(problems[0]).toMatchObject({
          code: expect.any(String),
          message: expect.any(String),
          component: 'thing',
          place: bad.place,
        });
      });
    });

    planContract(onStage);
    applyContract(onStage, options);
    endsContract(onStage);
    destroyContract(onStage);
    liveContract(onStage);
  });
}
