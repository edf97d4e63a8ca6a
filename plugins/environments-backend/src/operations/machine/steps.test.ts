import { OPERATION_KINDS } from '@greenroom/plugin-environments-common';
import { GraphNode, planSteps, StepsRequest } from './steps';

const database: GraphNode = { id: 'database', uses: [], pausable: true };
const app: GraphNode = { id: 'app', uses: ['database'], pausable: true };
const site: GraphNode = { id: 'site', uses: [], pausable: false };

/** One line per step: `2 plan app (apply) after 1`. */
function lines(request: Partial<StepsRequest>): string[] {
  const steps = planSteps({
    kind: 'create',
    dryRun: false,
    wanted: [],
    existing: [],
    ...request,
  });
  return steps.map(({ action, component, purpose, after }, position) =>
    [
      position,
      action,
      component,
      ...(purpose ? [`(${purpose})`] : []),
      ...(after.length > 0 ? ['after', after.join(' ')] : []),
    ].join(' '),
  );
}

describe('the steps of an operation', () => {
  it('are plan and apply per component, each plan after what it draws on', () => {
    expect(lines({ wanted: [database, app, site] })).toEqual([
      '0 plan database (apply)',
      '1 apply database after 0',
      '2 plan app (apply) after 1',
      '3 apply app after 2',
      '4 plan site (apply)',
      '5 apply site after 4',
    ]);
  });

  it('are plan, destroy and prove per component for a destroy, in reverse', () => {
    expect(lines({ kind: 'destroy', existing: [database, app] })).toEqual([
      '0 plan app (destroy)',
      '1 destroy app after 0',
      '2 prove app after 1',
      '3 plan database (destroy)',
      '4 destroy database after 2 3',
      '5 prove database after 4',
    ]);
  });

  it('remove what is not wanted any more, once nothing points to it', () => {
    const free = { ...app, uses: [] };
    expect(
      lines({ kind: 'upgrade', wanted: [free], existing: [database, app] }),
    ).toEqual([
      '0 plan app (apply)',
      '1 apply app after 0',
      '2 plan database (destroy)',
      '3 destroy database after 1 2',
      '4 prove database after 3',
    ]);
  });

  it('pause from what is used by nobody to what all use, and leave out the rest', () => {
    expect(lines({ kind: 'pause', existing: [database, app, site] })).toEqual([
      '0 plan app (apply)',
      '1 apply app after 0',
      '2 plan database (apply) after 1',
      '3 apply database after 2',
    ]);
  });

  it('pause nothing before what draws on it through something that can’t pause', () => {
    const between = { ...database, pausable: false, uses: ['network'] };
    const network: GraphNode = { id: 'network', uses: [], pausable: true };
    expect(lines({ kind: 'pause', existing: [network, between, app] })).toEqual(
      [
        '0 plan app (apply)',
        '1 apply app after 0',
        '2 plan network (apply) after 1',
        '3 apply network after 2',
      ],
    );
  });

  it('adopt what exists, not what is wanted', () => {
    expect(
      lines({ kind: 'adopt', wanted: [database, site], existing: [database] }),
    ).toEqual(['0 plan database (adopt)', '1 apply database after 0']);
  });

  it('are the plans alone in a dry run, in the order in which they depend on each other', () => {
    expect(
      lines({
        kind: 'upgrade',
        dryRun: true,
        wanted: [database, app],
        existing: [database, site],
      }),
    ).toEqual([
      '0 plan database (apply)',
      '1 plan app (apply) after 0',
      '2 plan site (destroy)',
    ]);
  });

  it.each(OPERATION_KINDS)(
    'wait for nothing that comes after them: %s',
    kind => {
      for (const dryRun of [true, false]) {
        const steps = planSteps({
          kind,
          dryRun,
          wanted: [database, app],
          existing: [database, app, site],
        });
        for (const [position, { after }] of steps.entries()) {
          expect(after.filter(index => index < 0 || index >= position)).toEqual(
            [],
          );
        }
      }
    },
  );
});
