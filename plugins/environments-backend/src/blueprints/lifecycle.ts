import {
  BlueprintDocument,
  BlueprintVersionNotice,
  BlueprintVersionStatus,
  Problem,
} from '@greenroom/plugin-environments-common';

/** In these a version was published once: its content never changes any more. */
export const RELEASED: BlueprintVersionStatus[] = [
  'published',
  'deprecated',
  'retired',
];

export function isReleased(status: BlueprintVersionStatus): boolean {
  return RELEASED.includes(status);
}

/** What a check makes of a version, and what its users are told. */
export interface Settlement {
  status: BlueprintVersionStatus;
  notice?: BlueprintVersionNotice;
}

/** @param problems that the check found */
export function settlementOf(
  { draft, document }: { draft: boolean; document: BlueprintDocument },
  problems: Problem[],
): Settlement {
  if (problems.length > 0) return { status: 'rejected' };
  if (draft) return { status: 'draft' };
  if (document.spec.lifecycle !== 'deprecated') return { status: 'published' };
  const message = 'Its author published it as deprecated.';
  return { status: 'deprecated', notice: { message } };
}
