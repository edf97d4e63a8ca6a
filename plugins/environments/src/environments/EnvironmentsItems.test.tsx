import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { rootRouteRef } from '../routes';
import { anEnvironment } from '../testing/builders';
import { EnvironmentsItems } from './EnvironmentsItems';

it('shows on a phone what each environment costs, as the table does', async () => {
  const cost = { perDay: 9.3, asleepPerDay: 0.5, currency: 'EUR' };
  renderInTestApp(
    <EnvironmentsItems
      loading={false}
      rows={[
        anEnvironment({ id: 'a', cost }),
        anEnvironment({ id: 'b', state: 'paused', cost }),
        anEnvironment({ id: 'c' }),
      ]}
    />,
    { mountedRoutes: { '/environments': rootRouteRef } },
  );
  const items = await screen.findAllByRole('listitem');
  expect(items.map(one => /€\S+ a day/.exec(one.textContent!)?.[0])).toEqual([
    '€9.30 a day',
    '€0.50 a day',
    undefined,
  ]);
});
