import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SavedPlans } from './savedPlans';

describe('SavedPlans', () => {
  let directory: string;
  let plans: SavedPlans;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'saved-plans-'));
    plans = new SavedPlans(join(directory, 'plans'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function saved(purpose: 'apply' | 'destroy', hash: string) {
    await writeFile(await plans.begin(), hash);
    await plans.keep(purpose, hash);
  }

  it('has nothing before the first plan', async () => {
    expect(await plans.has(['apply'])).toBe(false);
    expect(await plans.take(['apply'], 'a')).toBeUndefined();
  });

  it('gives a plan out once, by its purpose and hash', async () => {
    await saved('apply', 'a');
    expect(await plans.take(['apply'], 'b')).toBeUndefined();
    expect(await plans.take(['destroy'], 'a')).toBeUndefined();
    expect(await plans.take(['apply'], '../plans/apply a')).toBeUndefined();
    const taken = await Promise.all(
      [1, 2, 3].map(() => plans.take(['apply', 'adopt'], 'a')),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await plans.has(['apply'])).toBe(false);
  });

  it('gives out whatever plan for a purpose there is, when no hash is asked for', async () => {
    await saved('destroy', 'a');
    expect(await plans.take(['apply', 'adopt'])).toBeUndefined();
    expect(await plans.take(['destroy'])).toBeDefined();
  });

  it('drops the plan before as soon as the next one begins, and never gives out an unfinished one', async () => {
    await saved('apply', 'a');
    await writeFile(await plans.begin(), 'half');
    expect(await plans.take(['apply'])).toBeUndefined();
    await plans.keep('apply', 'b');
    expect(await plans.take(['apply'], 'a')).toBeUndefined();
    expect(await plans.take(['apply'], 'b')).toBeDefined();
    await plans.begin();
    expect(await readdir(join(directory, 'plans'))).toEqual([]);
  });
});
