import express, { Express } from 'express';
import { mockServices } from '@backstage/backend-test-utils';
import { randomIds } from '../ids';
import { createRouter } from '../router';
import { MIRA, TestEngine } from './engine';

/** The API on a test engine, as Mira calls it: requests validated, errors answered. */
export function createTestApp(
  engine: TestEngine,
  shutdown = new AbortController().signal,
): Express {
  return express().use(
    createRouter({
      rooms: engine.rooms,
      blueprints: engine.blueprints.service,
      httpAuth: mockServices.httpAuth({ defaultCredentials: MIRA }),
      auditor: mockServices.auditor.mock({
        createEvent: async () => ({
          success: async () => {},
          fail: async () => {},
        }),
      }),
      ids: randomIds,
      logger: engine.logger,
      shutdown,
    }),
  );
}
