import { ComponentNode } from '@greenroom/plugin-environments-common';
import { ComponentRecord } from '../../environments/types';
import { draftOperation, existingGraph } from './draft';
import { DriverChangedError, NothingToPauseError } from '../errors';

function node(id: string, changes: Partial<ComponentNode> = {}): ComponentNode {
  return {
    id,
    driver: 'terraform',
    source: `./${id}`,
    pausable: false,
    uses: [],
    ...changes,
  };
}

function made(
  id: string,
  changes: Partial<ComponentRecord> = {},
): ComponentRecord {
  return {
    id,
    driver: 'terraform',
    uses: [],
    pausable: false,
    state: 'ready',
    applyBegun: true,
    madeFrom: [],
    outputs: {},
    resources: [],
    reported: [],
    ...changes,
  };
}

const base = { kind: 'upgrade' as const, dryRun: false };
const touched = (draft: { components: string[] }) => draft.components;

describe('the draft of an operation', () => {
  it('names the components and drivers that it touches, those that go as well', () => {
    const draft = draftOperation({
      ...base,
      wanted: [node('app', { driver: 'argocd' })],
      components: [made('old')],
    });
    expect(draft).toMatchObject({
      components: ['app', 'old'],
      drivers: ['argocd', 'terraform'],
    });
  });

  it('leaves alone what was never made, and what is gone', () => {
    const components = [
      made('planned', { state: 'waiting', applyBegun: false }),
      made('gone', { state: 'gone' }),
      made('absent', { state: 'absent' }),
      made('half', { state: 'failed' }),
    ];
    const draft = draftOperation({
      ...base,
      kind: 'destroy',
      wanted: [],
      components,
    });
    expect(touched(draft)).toEqual(['half']);
  });

  it('refuses to give what one driver has made to another, and says what to do', () => {
    const request = {
      ...base,
      wanted: [node('app', { driver: 'argocd' }), node('site')],
      components: [made('app'), made('site')],
    };
    expect(() => draftOperation(request)).toThrow(DriverChangedError);
    expect(() => draftOperation(request)).toThrow(
      'app was made by the driver "terraform", and this blueprint version gives it to "argocd".',
    );
    const never = [made('app', { applyBegun: false }), made('site')];
    expect(touched(draftOperation({ ...request, components: never }))).toEqual([
      'app',
      'site',
    ]);
  });

  it('refuses a pause where nothing can pause, even as a dry run', () => {
    const request = {
      kind: 'pause' as const,
      wanted: [node('app')],
      components: [made('app')],
    };
    for (const dryRun of [true, false]) {
      expect(() => draftOperation({ ...request, dryRun })).toThrow(
        NothingToPauseError,
      );
    }
  });

  it('pauses and adopts nothing that the blueprint does not name any more', () => {
    const request = {
      dryRun: false,
      wanted: [node('app', { pausable: true })],
      components: [
        made('app', { pausable: true }),
        made('old', { pausable: true }),
      ],
    };
    for (const kind of ['pause', 'adopt'] as const) {
      expect(touched(draftOperation({ ...request, kind }))).toEqual(['app']);
    }
  });
});

describe('the graph of what exists', () => {
  it('goes by what components were made from, in whichever order they stand', () => {
    const graph = existingGraph([
      made('app', { madeFrom: ['database', 'elsewhere'] }),
      made('database', { madeFrom: ['network'] }),
      made('network'),
    ]);
    expect(graph.map(({ id, uses }) => [id, uses])).toEqual([
      ['network', []],
      ['database', ['network']],
      ['app', ['database']],
    ]);
  });

  it('has a place for each component even where they point at each other', () => {
    const graph = existingGraph([
      made('app', { madeFrom: ['database'] }),
      made('database', { madeFrom: ['app', 'database'] }),
    ]);
    expect(graph.map(({ id }) => id).sort()).toEqual(['app', 'database']);
  });
});
