import {
  TerraformEvent,
  TerraformHook,
} from '@greenroom/plugin-terraform-node';
import { madeBy } from './made';

const completed = (
  hook: Partial<Omit<TerraformHook, 'resource'>>,
  provider = 'aws',
): TerraformEvent => ({
  type: 'apply_complete',
  level: 'info',
  message: '',
  hook: {
    resource: {
      addr: 'aws_vpc.main',
      resource_type: 'aws_vpc',
      implied_provider: provider,
    },
    action: 'create',
    id_key: 'id',
    id_value: 'vpc-7',
    ...hook,
  },
});

describe('madeBy', () => {
  it('names what was created, with the id by which it is found', () => {
    expect(madeBy(completed({}))).toEqual({
      address: 'aws_vpc.main',
      type: 'aws_vpc',
      externalId: 'vpc-7',
    });
    expect(madeBy(completed({ id_value: undefined }))).toEqual({
      address: 'aws_vpc.main',
      type: 'aws_vpc',
    });
  });

  it.each<[string, TerraformEvent]>([
    ['is changed', completed({ action: 'update' })],
    ['is removed', completed({ action: 'delete' })],
    ['exists in the state alone', completed({}, 'terraform')],
    ['is random', completed({}, 'random')],
    ['has only begun', { ...completed({}), type: 'apply_start' } as never],
    ['is something else', { type: 'log', level: 'info', message: '' }],
  ])('names nothing that %s', (_what, event) => {
    expect(madeBy(event)).toBeUndefined();
  });
});
