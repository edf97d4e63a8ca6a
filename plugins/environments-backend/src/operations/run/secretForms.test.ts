import fc from 'fast-check';
import { Mask } from './mask';
import { secretForms } from './secretForms';

describe('the forms of a secret', () => {
  const secret = 'p<&>"ss ${word}!/+é';

  const said: [string, (text: string) => string][] = [
    ['as it is', text => text],
    ['in JSON', text => JSON.stringify(text)],
    ['in JSON inside JSON', text => JSON.stringify(JSON.stringify({ text }))],
    [
      'in the JSON of Go',
      text =>
        JSON.stringify(text).replace(
          /[<>&]/g,
          it => `\\u00${it.charCodeAt(0).toString(16)}`,
        ),
    ],
    ['in HCL', text => JSON.stringify(text).replaceAll('${', '$${')],
    ['in a URL', text => `https://me:${encodeURIComponent(text)}@host/`],
    ['in a form', text => `p=${new URLSearchParams({ text }).get('text')}`],
    ['in base64', text => Buffer.from(text).toString('base64')],
    ['in base64 for URLs', text => Buffer.from(text).toString('base64url')],
    ['in a basic authentication', text => btoa(`mira:${utf8(text)}`)],
    ['in base64, before more', text => btoa(`${utf8(text)} and more`)],
  ];

  it.each(said)('cover it %s', (_, say) => {
    const mask = new Mask();
    mask.hide(secret);
    const masked = mask.apply(`before ${say(secret)} after`);
    expect(masked).toContain('•••');
    expect(masked).not.toContain('ss');
    expect(masked).toMatch(/^before .* after$/);
  });

  it('cover base64 in the midst of any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 9, maxLength: 60 }),
        fc.uint8Array({ maxLength: 7 }),
        fc.uint8Array({ maxLength: 7 }),
        (bytes, before, after) => {
          const text = Buffer.from(bytes).toString('hex');
          const whole = Buffer.concat([before, Buffer.from(text), after]);
          const encoded = whole.toString('base64');
          expect(secretForms(text).some(form => encoded.includes(form))).toBe(
            true,
          );
        },
      ),
    );
  });

  it('cover each line of a key, and its base64 wrapped', () => {
    const key = Array.from(
      { length: 6 },
      (_, line) => `${line}abcdefghijklmnopqrstuvwxyz`,
    ).join('\n');
    const mask = new Mask();
    mask.hide(key);
    const wrapped = Buffer.from(key)
      .toString('base64')
      .match(/.{1,76}/g)!;
    for (const line of [...key.split('\n'), ...wrapped]) {
      expect(mask.apply(`    ${line}`)).toBe('    •••');
    }
  });

  it('leave out what is too short to be told from ordinary words', () => {
    expect(secretForms('eu')).toEqual([]);
    expect(secretForms('a\nb')).toEqual([]);
  });
});

/** As btoa() takes it. */
function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}
