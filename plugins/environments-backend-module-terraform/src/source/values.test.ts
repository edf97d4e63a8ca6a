import { checkVariables, variableValues } from './values';
import { ModuleSource } from './variables';

const source: ModuleSource = {
  files: ['main.tf'],
  variables: [
    {
      name: 'title',
      required: true,
      sensitive: false,
      file: 'main.tf',
      line: 1,
    },
    {
      name: 'colour',
      required: false,
      sensitive: false,
      file: 'main.tf',
      line: 5,
    },
    {
      name: 'key',
      required: false,
      sensitive: true,
      file: 'main.tf',
      line: 12,
    },
    {
      name: 'sites_url',
      required: true,
      sensitive: false,
      file: 'main.tf',
      line: 9,
    },
  ],
};
const platform = { sites_url: 'http://sites', unasked: 'x' };

const check = (given: Record<string, string>, secrets: string[] = []) =>
  checkVariables({
    component: 'site',
    given,
    secrets,
    module: source,
    platform,
    placeOf: file => `site/${file}`,
  });

describe('checkVariables', () => {
  it('is content when all is given, by the component or by the platform', () => {
    expect(check({ title: 'x' })).toEqual([]);
  });

  it('names every key and every variable that is wrong', () => {
    expect(check({ titel: 'x', sites_url: 'http://evil' })).toEqual([
      expect.objectContaining({
        code: 'terraform.variable.unknown',
        component: 'site',
        message: expect.stringContaining('It declares title, colour, key'),
      }),
      expect.objectContaining({
        code: 'terraform.variable.platform',
        message: expect.stringContaining('"sites_url"'),
      }),
      expect.objectContaining({
        code: 'terraform.variable.missing',
        place: { file: 'site/main.tf', line: 1 },
      }),
    ]);
  });

  it('lets a secret into sensitive variables alone', () => {
    const given = { title: 'x', key: 'y' };
    expect(check(given, ['key'])).toEqual([]);
    expect(check(given, ['title'])).toEqual([
      expect.objectContaining({
        code: 'terraform.variable.not-sensitive',
        component: 'site',
        place: { file: 'site/main.tf', line: 1 },
        remedy: expect.stringContaining('sensitive = true'),
      }),
    ]);
  });

  it('is not misled by names that every object has', () => {
    expect(check({ title: 'x', constructor: 'y' })).toEqual([
      expect.objectContaining({ code: 'terraform.variable.unknown' }),
    ]);
  });
});

describe('variableValues', () => {
  it("adds the platform's values where the module asks, and lets nobody override them", () => {
    expect(
      variableValues(
        { title: 'x', sites_url: 'http://evil' },
        source,
        platform,
      ),
    ).toEqual({ title: 'x', sites_url: 'http://sites' });
  });
});
