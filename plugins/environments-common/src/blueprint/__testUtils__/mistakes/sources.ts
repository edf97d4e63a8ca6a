import { Mistake } from './mistake';

const OUTSIDE = 'blueprint.source.outside';
const UNSUPPORTED = 'blueprint.source.unsupported';
const VERSION = 'blueprint.source.version';

/** What stands in `source`, the code that it is told by, and a part of the remedy. */
const WRONG: [source: string, code: string, remedy?: string][] = [
  // Folders
  ['../data', OUTSIDE, './site'],
  ['/etc', OUTSIDE],
  ['C:/data', OUTSIDE],
  ['./a/../../etc', OUTSIDE],
  ['.\\data', UNSUPPORTED],
  ['./data\\..\\etc', UNSUPPORTED],
  // Git
  ['https://github.com/acme/modules/tree/v1/../../../other', OUTSIDE],
  ['https://github.com/acme/modules/tree/v1/%2e%2e/other', OUTSIDE],
  ['https://github.com/acme/modules/tree/v1//../other', OUTSIDE],
  ['https://github.com', UNSUPPORTED],
  ['https://amir:secret@github.com/acme/modules', UNSUPPORTED],
  ['https://github.com/acme/modules/tree/100%/site', UNSUPPORTED],
  ['git::https://example.com/x.git', UNSUPPORTED, 'https://github.com/'],
  ['git@github.com:acme/modules.git', UNSUPPORTED, '/tree/v1.2.0/'],
  ['ssh://git@github.com/acme/modules.git', UNSUPPORTED],
  ['file:///etc', UNSUPPORTED],
  ['s3::https://s3.amazonaws.com/bucket/site.zip', UNSUPPORTED],
  // Registries
  ['hashicorp/consul/aws', VERSION, 'hashicorp/consul/aws?version=1.2.0'],
  ['acme/site/aws?version=~>1.2', VERSION, 'range'],
  ['acme/site/aws?version=1.2', VERSION],
  ['acme/site/aws?version=v1.2.0', VERSION],
  ['acme/site/aws?ref=1.2.0', VERSION],
  ['acme/site/aws//../other?version=1.2.0', OUTSIDE],
  ['acme/site?version=1.2.0', UNSUPPORTED, 'acme/site/aws?version=1.2.0'],
  ['registry/acme/site/aws?version=1.2.0', UNSUPPORTED],
];

/** Sources that lead out, that nobody reads, or that do not say what is published. */
export const SOURCES: Mistake[] = WRONG.map(([source, code, remedy]) => [
  'source: ./data',
  `source: ▸${source}`,
  code,
  remedy,
]);
