import { mockServices } from '@backstage/backend-test-utils';
import { readMaxStateMegabytes } from './settings';

const read = (states: object) =>
  readMaxStateMegabytes(
    mockServices.rootConfig({ data: { environments: { states } } }),
  );

describe('the largest state that is taken', () => {
  it('is 64 MB, or what is configured', () => {
    expect(readMaxStateMegabytes(mockServices.rootConfig())).toBe(64);
    expect(read({ maxMegabytes: 0.5 })).toBe(0.5);
    expect(read({ maxMegabytes: 200 })).toBe(200);
  });

  it.each([0, -1, 201])('can not be %s MB', maxMegabytes => {
    expect(() => read({ maxMegabytes })).toThrow(
      `environments.states.maxMegabytes is ${maxMegabytes}; it must be more than 0 and at most 200.`,
    );
  });
});
