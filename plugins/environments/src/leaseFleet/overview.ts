import { LeaseDay } from '@greenroom/plugin-environments-common';

/** How many fall due on these days, for whatever end. */
export function fallingDue(days: readonly LeaseDay[]): number {
  return days.reduce((sum, { destroys, pauses }) => sum + destroys + pauses, 0);
}

/** `3 are destroyed, 1 is paused before its end`; `nothing ends` */
export function dayText({ destroys, pauses }: LeaseDay): string {
  const parts = [
    destroys > 0 && `${destroys} ${destroys === 1 ? 'is' : 'are'} destroyed`,
    pauses > 0 &&
      `${pauses} ${pauses === 1 ? 'is paused before its end' : 'are paused before their end'}`,
  ].filter(part => part !== false);
  return parts.join(', ') || 'nothing ends';
}
