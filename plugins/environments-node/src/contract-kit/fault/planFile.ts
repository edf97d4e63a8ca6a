import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlanPurpose } from '@greenroom/plugin-environments-common';
import { PlanGoneError } from '../../errors';
import { FaultComponent } from './world';

/** A plan as it is kept in a component's folder. */
export interface SavedPlan {
  /** Its name in the journal of the world; no two plans have the same. */
  nonce: string;
  purpose: PlanPurpose;
  hash: string;
  /** Of the component, when the plan was made. */
  revision: number;
  /** What the component will be like; absent when the plan changes nothing. */
  outcome?: Pick<FaultComponent, 'resources' | 'state' | 'outputs'>;
}

const KEEP = '.fault';

/** Puts a plan in the place of the one before. */
export async function savePlan(folder: string, plan: SavedPlan): Promise<void> {
  const keep = join(folder, KEEP);
  await mkdir(keep, { recursive: true });
  const written = join(keep, `plan-${plan.nonce}.json`);
  await writeFile(written, JSON.stringify(plan));
  await rename(written, join(keep, 'plan.json'));
}

/**
 * Takes the saved plan for good: whoever comes later finds none.
 *
 * @throws PlanGoneError when there is none, or another than the one that is meant
 */
export async function takePlan(
  folder: string,
  isMeant: (plan: SavedPlan) => boolean,
): Promise<SavedPlan> {
  const file = join(folder, KEEP, 'plan.json');
  const plan = await readPlan(file);
  if (!isMeant(plan)) throw gone();
  const taken = join(folder, KEEP, `taken-${plan.nonce}.json`);
  await unlessGone(rename(file, taken));
  // Another may have been put in its place between the two.
  const mine = await readPlan(taken);
  if (!isMeant(mine)) throw gone();
  return mine;
}

async function readPlan(file: string): Promise<SavedPlan> {
  return JSON.parse(await unlessGone(readFile(file, 'utf8')));
}

async function unlessGone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw gone();
    throw error;
  }
}

function gone() {
  return new PlanGoneError('There is no such plan in the folder');
}
