import express from 'express';
import request from 'supertest';
import { mockServices } from '@backstage/backend-test-utils';
import { audited } from './audited';

describe('what the portal’s auditor hears of a request', () => {
  /** A request that does this, and what was heard of it in order. */
  async function heardOf(use: () => Promise<string>) {
    const heard: unknown[] = [];
    const auditor = mockServices.auditor.mock({
      createEvent: async ({ request: _request, ...event }) => {
        heard.push(event);
        return {
          success: async () => void heard.push('success'),
          fail: async ({ error }) => void heard.push(`fail: ${error.message}`),
        };
      },
    });
    const app = express();
    app.post('/things', async (asked, response) => {
      const meta = { id: 'one' };
      const event = { eventId: 'thing-make', meta };
      try {
        response.send(await audited(auditor, asked, event, use));
      } catch (error) {
        response.status(409).send((error as Error).message);
      }
    });
    const { status, text } = await request(app).post('/things');
    return { heard, status, text };
  }
  const begun = {
    eventId: 'thing-make',
    severityLevel: 'medium',
    meta: { id: 'one' },
  };

  it('is that it came and went well', async () => {
    expect(await heardOf(async () => 'made')).toEqual({
      heard: [begun, 'success'],
      status: 200,
      text: 'made',
    });
  });

  it('is that it failed and why, which the caller hears as before', async () => {
    const refused = await heardOf(async () => {
      throw new Error('Taken.');
    });
    expect(refused).toEqual({
      heard: [begun, 'fail: Taken.'],
      status: 409,
      text: 'Taken.',
    });
  });
});
