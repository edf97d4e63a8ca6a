import fc from 'fast-check';
import { readStateDocument, withSerial } from './documents';

describe('a state under another serial', () => {
  it('differs in that number alone, whatever else it holds', () => {
    const text = `{
  "version": 4,
  "outputs": {"serial": {"value": "\\"serial\\": 7"}, "big": 123456789012345678901234567890},
  "serial" : 41,
  "lineage": "line",
  "half": 1.0,
  "resources": [{"mode": "managed", "instances": [{"attributes": {"serial": 9}}]}]
}`;
    const changed = withSerial(Buffer.from(text), 100).toString();
    expect(changed).toBe(text.replace('"serial" : 41', '"serial" : 100'));
  });

  it('finds its own serial behind others', () => {
    const text = '{"a":{"serial":3},"serial":4,"lineage":"l"}';
    expect(withSerial(Buffer.from(text), 12).toString()).toBe(
      '{"a":{"serial":3},"serial":12,"lineage":"l"}',
    );
  });

  it('is read back with what it had', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.nat(),
        fc.nat(),
        (extra, before, after) => {
          const body = { ...extra, serial: before, lineage: 'line' };
          const changed = withSerial(Buffer.from(JSON.stringify(body)), after);
          expect(JSON.parse(changed.toString())).toEqual(
            JSON.parse(JSON.stringify({ ...body, serial: after })),
          );
        },
      ),
    );
  });
});

describe('the resources of a state', () => {
  it('are the instances that it manages', () => {
    const body = {
      serial: 1,
      lineage: 'l',
      resources: [
        { mode: 'managed', instances: [{}, {}] },
        { mode: 'data', instances: [{}] },
        { mode: 'managed' },
      ],
    };
    const read = readStateDocument(Buffer.from(JSON.stringify(body)));
    expect(read.resources).toBe(2);
    expect(
      readStateDocument(Buffer.from('{"serial":1,"lineage":"l"}')).resources,
    ).toBe(0);
  });
});
