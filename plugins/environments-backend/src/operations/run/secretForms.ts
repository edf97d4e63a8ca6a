import { SHORTEST_SECRET } from '@greenroom/plugin-environments-common';

/** What tools that wrap base64 put on a line: MIME's 76 and PEM's 64. */
const WRAPPED_AT = [76, 64];

/**
 * The texts by which a secret may come up in a log, longest first: as it is, line by line, as it
 * stands within JSON, HCL or a URL, and in base64, also in the midst of other bytes.
 *
 * What is too short to be told from ordinary words is left out.
 */
export function secretForms(secret: string): string[] {
  // A log line never holds more than one line of a secret; tools indent as they like.
  const lines = secret.split(/\r?\n/).map(line => line.trim());
  const forms = new Set([
    ...[secret, ...lines].flatMap(quotedForms),
    ...urlForms(secret),
    ...base64Forms(Buffer.from(secret)),
  ]);
  return [...forms]
    .filter(form => form.length >= SHORTEST_SECRET)
    .sort((one, other) => other.length - one.length);
}

/** Within quotes of JSON, of JSON inside JSON, of Go's JSON (which is Terraform's) and of HCL. */
function quotedForms(text: string): string[] {
  const json = inQuotes(text);
  const go = json.replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const hcl = json.replace(/[$%]\{/g, opening => opening[0] + opening);
  return [text, json, inQuotes(json), go, hcl];
}

function inQuotes(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** JavaScript's and Go's ways, spaces as %20 or +, digits in either case. */
function urlForms(text: string): string[] {
  // Through bytes, since half a surrogate pair has no form in a URL.
  const loose = encodeURIComponent(Buffer.from(text).toString());
  const strict = loose.replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return [loose, strict].flatMap(form =>
    [form, form.replaceAll('%20', '+')].flatMap(each => [
      each,
      each.replace(/%[0-9A-F]{2}/g, escape => escape.toLowerCase()),
    ]),
  );
}

/**
 * Base64 packs three bytes into four characters, so the same bytes come up in three ways,
 * depending on how many are before them: `user:password` of a basic authentication.
 */
function base64Forms(bytes: Buffer): string[] {
  const whole = bytes.toString('base64');
  const inside = [0, 1, 2].map(before => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    // At both ends only characters that no neighbour has a part in.
    return shifted
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6));
  });
  return [
    whole,
    ...inside,
    ...WRAPPED_AT.flatMap(at => wrap(whole, at)),
  ].flatMap(form => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function wrap(text: string, at: number): string[] {
  return text.match(new RegExp(`.{1,${at}}`, 'g')) ?? [];
}
