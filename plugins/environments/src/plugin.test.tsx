import { createExtensionTester } from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { environmentsPage, environmentsPlugin } from './plugin';

describe('the plugin', () => {
  it('stands at /environments, in the navigation by the name of the product', () => {
    const page = createExtensionTester(environmentsPage);
    expect(page.get(coreExtensionData.routePath)).toBe('/environments');
    expect(page.get(coreExtensionData.title)).toBe('Greenroom');
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  it('lets other plugins link to its pages', () => {
    expect(Object.keys(environmentsPlugin.routes)).toEqual([
      'root',
      'create',
      'environment',
      'blueprints',
      'blueprint',
    ]);
  });
});
