import { aBlueprint, aBlueprintVersion } from '../../src/testing/builders';

const PROBLEM = {
  code: 'terraform.validate.failed',
  message: 'An argument named "colur" is not expected here.',
  place: { file: 'site/main.tf', line: 14, column: 3 },
  remedy: 'Did you mean "colour"?',
};

export const BLUEPRINTS = [
  aBlueprint({ recommendedVersion: '1.3.0' }),
  aBlueprint({
    name: 'preview-web',
    title: 'Preview of the web shop',
    description:
      'The shop as a pull request would make it, with a copy of last night’s catalogue and no customers.',
    type: 'preview',
    environments: 62,
    typicalCreateSeconds: 95,
    problems: [PROBLEM],
  }),
  aBlueprint({
    name: 'data-lab',
    title: 'Data lab',
    description: 'A database, a queue and a notebook.',
    environments: 0,
    typicalCreateSeconds: undefined,
    recommendedVersion: undefined,
    problems: [PROBLEM, PROBLEM],
  }),
];

export const VERSIONS = [
  aBlueprintVersion(),
  aBlueprintVersion({
    version: '1.3.0',
    inputs: {
      type: 'object',
      required: ['title', 'region'],
      properties: {
        title: { type: 'string', title: 'Title', minLength: 3 },
        region: {
          type: 'string',
          title: 'Region',
          enum: ['eu-central-1', 'eu-west-1'],
        },
        replicas: { type: 'integer', title: 'Replicas', default: 2 },
      },
    },
  }),
  aBlueprintVersion({ version: '1.1.0' }),
  aBlueprintVersion({
    name: 'preview-web',
    title: 'Preview of the web shop',
  }),
  aBlueprintVersion({
    name: 'data-lab',
    title: 'Data lab',
    version: '0.1.0',
    status: 'rejected',
    problems: [PROBLEM],
  }),
];
