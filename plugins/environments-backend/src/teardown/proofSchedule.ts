import { addSeconds } from '../clock';
import { CatalogProof } from './types';

/** The catalog has had its time: what told it may have been lost, so it is told again. */
export const TELL_AFTER_SECONDS = 5 * 60;
/** Telling does not help: somebody has to look. */
export const WARN_AFTER_SECONDS = 3600;

const FIRST_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 5 * 60;

/** What follows from the catalog still showing a destroyed environment. */
export interface NextLook {
  lookAt: Date;
  /** Tell the catalog again that it is destroyed. */
  tell: boolean;
  /** Warn the operators; once. */
  warn: boolean;
}

export function nextLook(proof: CatalogProof, now: Date): NextLook {
  const { since, toldAt = since, warnedAt, looks } = proof;
  const wait = Math.min(FIRST_WAIT_SECONDS * 2 ** looks, LONGEST_WAIT_SECONDS);
  return {
    lookAt: addSeconds(now, wait),
    tell: now >= addSeconds(toldAt, TELL_AFTER_SECONDS),
    warn: !warnedAt && now >= addSeconds(since, WARN_AFTER_SECONDS),
  };
}
