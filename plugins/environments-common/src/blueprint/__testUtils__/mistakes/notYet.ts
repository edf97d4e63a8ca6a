import { Mistake } from './mistake';

/** What is read and checked, and not acted on yet. */
export const NOT_YET: Mistake[] = [
  [
    '  ttl:',
    '  ▸drift: {every: 1h}\n  ttl:',
    'blueprint.unsupported',
    'Take it out',
  ],
  ['  ttl:', '  ▸policies: []\n  ttl:', 'blueprint.unsupported'],
  [
    '  ttl:',
    '  drift: {every: 1h, ignore: [▸components.data.tags]}\n  ttl:',
    'blueprint.drift',
    'components.database.resources["aws_db_instance.main"].tags',
    ['blueprint.unsupported'],
  ],
  [
    '  ttl:',
    `  drift: {every: 1h, ignore: [▸'components.dat.resources["a.b"]']}\n  ttl:`,
    'blueprint.drift',
    '"data"',
    ['blueprint.unsupported'],
  ],
  ...(
    [
      ['inputs.pages > ', 'Write it in CEL'],
      ['inputs.pages > "3"', 'Make the types fit'],
      ['inputs.page > 3', '"pages"'],
      ['inputs.pages + 1', 'true or false'],
      ['owner.isIn("platform")', 'Make the types fit'],
      ['components.data.outputs.url == "x"', 'Decide by inputs'],
      ['environments["x"].outputs.url == "x"', 'Decide by inputs'],
    ] as const
  ).map(([rule, remedy]): Mistake => [
    '  ttl:',
    `  policies: [{when: request, rule: ▸'${rule}', otherwise: deny, message: No}]\n  ttl:`,
    'blueprint.policy',
    remedy,
    ['blueprint.unsupported'],
  ]),
];
