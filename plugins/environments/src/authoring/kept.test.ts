import { forget, keep, readKept } from './kept';

const SOURCE = { document: 'kind: x', files: { 'a/main.tf': 'YQ==' } };

describe('what is kept in the browser', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    window.localStorage.clear();
  });

  it('comes back as it was, by what it was written for', () => {
    expect(keep('new', SOURCE)).toBe(true);
    expect(readKept('new')).toEqual(SOURCE);
    expect(readKept('shop')).toBeUndefined();
    forget('new');
    expect(readKept('new')).toBeUndefined();
  });

  it.each(['{', '7', '{"document":1}', '{"document":"a","files":{"b":1}}'])(
    'is passed over when it is not of this making: %s',
    text => {
      window.localStorage.setItem('greenroom.authoring.new', text);
      expect(readKept('new')).toBeUndefined();
    },
  );

  it('tells when there is no room for it', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(keep('new', SOURCE)).toBe(false);
  });
});
