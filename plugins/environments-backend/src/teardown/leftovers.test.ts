import { ComponentRecord } from '../environments/types';
import { leftoversOf } from './leftovers';

function component(
  parts: Partial<ComponentRecord> & Pick<ComponentRecord, 'id'>,
): ComponentRecord {
  return {
    driver: 'terraform',
    uses: [],
    pausable: false,
    state: 'failed',
    applyBegun: true,
    madeFrom: [],
    outputs: {},
    resources: [],
    reported: [],
    ...parts,
  };
}

const seen = (components: ComponentRecord[]) =>
  leftoversOf(components).map(({ component: id, address, externalId }) =>
    [id, address, externalId].filter(Boolean).join(' '),
  );

describe('what is left of components', () => {
  it('is what their states hold and what was reported, each once', () => {
    expect(
      seen([
        component({
          id: 'web',
          resources: [
            { address: 'vm.a', type: 'vm', externalId: 'i-1' },
            { address: 'vm.b', type: 'vm' },
          ],
          reported: [
            { address: 'vm.a', type: 'vm', externalId: 'i-1' },
            { address: 'vm.a', type: 'vm', externalId: 'i-2' },
            { address: 'vm.b', type: 'vm', externalId: 'i-3' },
          ],
        }),
      ]),
    ).toEqual(['web vm.a i-1', 'web vm.a i-2', 'web vm.b i-3']);
  });

  it('is nothing of a component that was never begun or is gone', () => {
    expect(
      seen([component({ id: 'web', applyBegun: false, state: 'gone' })]),
    ).toEqual([]);
  });

  it('is the component itself where nothing is known of what it made', () => {
    expect(leftoversOf([component({ id: 'web' })])).toEqual([
      {
        component: 'web',
        driver: 'terraform',
        address: 'web',
        type: 'component',
      },
    ]);
  });
});
