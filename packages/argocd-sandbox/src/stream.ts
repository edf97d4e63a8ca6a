import { Request, Response } from 'express';
import { Account, mayUse } from './accounts';
import { Application } from './application';
import { Sandbox } from './sandbox';

interface Event {
  type: string;
  application: Application;
}

/** Tells of what is there, then of each change, a line each, until the caller leaves. */
export function stream(
  sandbox: Sandbox,
  account: Account,
  { query }: Request,
  response: Response,
): void {
  const projects = [query.projects ?? query.project ?? []].flat();
  const wanted = ({ metadata, spec }: Application) =>
    mayUse(account, spec.project) &&
    (!query.name || query.name === metadata.name) &&
    (projects.length === 0 || projects.includes(spec.project));
  const tell = (event: Event) => {
    if (wanted(event.application))
      response.write(`${JSON.stringify({ result: event })}\n`);
  };
  response.setHeader('content-type', 'application/json');
  response.flushHeaders();
  for (const application of sandbox.list(account, []))
    tell({ type: 'ADDED', application });
  sandbox.events.on('event', tell);
  response.once('close', () => sandbox.events.off('event', tell));
}
