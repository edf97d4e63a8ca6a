import { applicationName } from './names';

it('gives an application a name that Helm takes for a release, however long those are that it is made of', () => {
  const long = 'a-very-long-name-that-goes-on-and-on-and-on';
  const environment = {
    ...{ id: 'an-id', name: long },
    ...{ owner: 'group:default/a', type: 'sandbox' },
  };
  const name = applicationName({ environment, component: long });
  expect(name).toMatch(
    /^a-very-long-name-that-goes-on--a-very-long-n-[0-9a-f]{8}$/,
  );
  expect(name).toHaveLength(53);
});
