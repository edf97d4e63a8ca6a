import express from 'express';
import request from 'supertest';
import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { createErrorHandler } from './errorHandler';
import { InputProblemError } from './errors';

const logger = mockServices.logger.mock();

async function answerTo(error: unknown) {
  const app = express();
  app.use((_request, _response, next) => next(error));
  app.use(
    createErrorHandler({ logger, ids: { id: () => 'ref-1', token: () => '' } }),
  );
  return request(app).get('/things?x=1');
}

describe('errors', () => {
  const nodeEnv = process.env.NODE_ENV;
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: nodeEnv });
  });

  it.each(['development', 'production', 'test'])(
    'are answered with their problems and without a stack in %s',
    async env => {
      Object.assign(process.env, { NODE_ENV: env });
      const problem = { code: 'a', message: 'Wrong.', field: '/name' };
      const cause = new Error('the inner one');
      const { status, body } = await answerTo(
        new InputProblemError(problem, cause),
      );
      expect(status).toBe(400);
      expect(body).toEqual({
        error: { name: 'InputError', message: 'Wrong.' },
        request: { method: 'GET', url: '/things?x=1' },
        response: { statusCode: 400 },
        problems: [problem],
      });
    },
  );

  it('of the framework become problems, too', async () => {
    const { status, body } = await answerTo(new ConflictError('Taken'));
    expect(status).toBe(409);
    expect(body.problems).toEqual([
      { code: 'request.conflict', message: 'Taken' },
    ]);
  });

  it.each([
    new Error('password=correct-horse'),
    'correct-horse',
    Object.assign(new Error('correct-horse'), {
      name: 'TypeError',
      status: 400,
    }),
  ])('that nobody expected tell a reference and nothing else', async thrown => {
    const { status, body } = await answerTo(thrown);
    expect(status).toBe(500);
    expect(body.problems[0].remedy).toContain('ref-1');
    expect(JSON.stringify(body)).not.toContain('correct-horse');
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('ref-1'),
      expect.objectContaining({ message: expect.stringContaining('horse') }),
    );
  });
});
