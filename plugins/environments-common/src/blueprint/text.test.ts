import { documentOf, RICH, SHOP } from './__testUtils__/documents';
import { blueprintText } from './text';

describe('blueprintText', () => {
  it.each([SHOP, RICH])('reads back as the same document %#', text => {
    const document = documentOf(text);
    expect(documentOf(blueprintText(document))).toEqual(document);
  });

  it('leaves out the parts that its author left out', () => {
    const text = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata:
  name: bare
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    web:
      driver: terraform
      source: ./web
`;
    expect(blueprintText(documentOf(text))).toBe(text);
  });
});
