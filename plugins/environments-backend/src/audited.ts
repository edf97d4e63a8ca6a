import { Request } from 'express';
import {
  AuditorService,
  AuditorServiceEventSeverityLevel,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** What the portal's audit log says of a request, beside who sent it. */
export interface AuditedEvent {
  eventId: string;
  /** Never a secret: no inputs, no outputs. */
  meta: Record<string, string | undefined>;
  severityLevel?: AuditorServiceEventSeverityLevel;
}

/** Tells the portal's auditor of a request that changes something, and how it ended. */
export async function audited<T>(
  auditor: AuditorService,
  request: Request,
  { eventId, meta, severityLevel = 'medium' }: AuditedEvent,
  use: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId,
    request,
    severityLevel,
    meta,
  });
  try {
    const answer = await use();
    await event.success();
    return answer;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
