import { newInputs } from './newInputs';

const schema = (required: string[], properties: object) => ({
  type: 'object',
  required,
  properties: { ...properties },
});
const text = { type: 'string' };

describe('newInputs', () => {
  it('tells apart what must be given and what has a default', () => {
    expect(
      newInputs(
        schema(['title'], { title: text }),
        schema(['title', 'region', 'size'], {
          title: text,
          region: { ...text, title: 'Region' },
          size: { ...text, default: 'small' },
          note: text,
        }),
      ),
    ).toEqual({ required: ['Region'], optional: ['size', 'note'] });
  });

  it('counts what only now must be given', () => {
    expect(
      newInputs(
        schema([], { title: text }),
        schema(['title'], { title: text }),
      ),
    ).toEqual({ required: ['title'], optional: [] });
  });
});
