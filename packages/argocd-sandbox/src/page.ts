import { RequestHandler } from 'express';
import { Sandbox } from './sandbox';

const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);

/** Any page: what it is not, and which applications there are. */
export function page(sandbox: Sandbox): RequestHandler {
  return (_, response) => {
    const rows = sandbox
      .list({ name: 'page' }, [])
      .map(
        ({ metadata, status }) =>
          `<tr><td>${escapeHtml(metadata.name)}</td><td>${escapeHtml(status.sync.status)}</td><td>${escapeHtml(status.health.status)}</td></tr>`,
      );
    response.type('html').send(
      `<!doctype html><html lang="en"><title>Stand-in for Argo CD</title>
<h1>A stand-in for Argo CD</h1>
<p>For development and demonstration only. There is no cluster: nothing is deployed.</p>
<table><tr><th>Application</th><th>Sync</th><th>Health</th></tr>${rows.join('')}</table></html>`,
    );
  };
}
