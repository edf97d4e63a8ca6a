import express, { Router } from 'express';
import { RootConfigService } from '@backstage/backend-plugin-api';

const SETTING = 'environments.sandboxSites.directory';

/**
 * The folder of sandbox sites, where it is configured.
 *
 * @throws in production: whoever can write a blueprint could show any page on the portal's host
 */
export function readSitesDirectory(
  config: RootConfigService,
  nodeEnv: string | undefined,
): string | undefined {
  const directory = config.getOptionalString(SETTING);
  if (directory && nodeEnv === 'production') {
    throw new Error(
      `${SETTING} is for development: it serves what blueprints write, to anybody and from the portal's own host. Take it out of the production configuration.`,
    );
  }
  return directory;
}

/**
 * Serves the web sites that sandbox environments make, so that their output opens a real page.
 * The pages are sandboxed: no scripts, no cookies of the portal, no forms.
 */
export function registerSiteRoutes(router: Router, directory: string): void {
  router.use('/sites', (_request, response, next) => {
    response.set({
      'Content-Security-Policy':
        "sandbox; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    next();
  });
  router.use(
    '/sites',
    express.static(directory, { dotfiles: 'ignore', index: 'index.html' }),
  );
  router.use('/sites', (_request, response) => {
    response
      .status(404)
      .type('html')
      .send(
        '<!doctype html><meta charset="utf-8"><title>No such page</title><h1>No such page</h1><p>The environment that made this site has been destroyed, or its site has no page of this name.</p>',
      );
  });
}
