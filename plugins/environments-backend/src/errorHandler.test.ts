import express from 'express';
import request from 'supertest';
import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { createErrorHandler } from './errorHandler';
import { InputProblemError } from './errors';

const logger = mockServices.logger.mock();

const handler = createErrorHandler({
  logger,
  ids: { id: () => 'ref-1', token: () => '' },
});

async function answerTo(error: unknown) {
  const app = express();
  app.use((_request, _response, next) => next(error));
  app.use(handler);
  return request(app).get('/things?x=1');
}

describe('errors', () => {
  const nodeEnv = process.env.NODE_ENV;
  beforeEach(() => jest.resetAllMocks());
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

  it('of a service that is away are told as such', async () => {
    const away = new ServiceUnavailableError('The catalog is away');
    const { status, body } = await answerTo(away);
    expect(status).toBe(503);
    expect(body.problems).toEqual([
      { code: 'service.unavailable', message: 'The catalog is away' },
    ]);
  });

  it.each([
    ['is no JSON', '{', 400, 'request.body', /^The body can't be read: .*JSON/],
    [
      'is too large',
      JSON.stringify({ text: 'x'.repeat(200) }),
      413,
      'request.too-large',
      /^The body is too large\.$/,
    ],
  ])('of a body that %s say so', async (_, sent, status, code, message) => {
    const app = express();
    app.use(express.json({ limit: 100 }));
    app.use(handler);
    const answer = await request(app)
      .post('/things')
      .set('Content-Type', 'application/json')
      .send(sent);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: { name: 'InputError' },
      problems: [{ code, message: expect.stringMatching(message) }],
    });
  });

  it('of a body in an unknown encoding are the caller’s, too', async () => {
    const app = express();
    app.use(express.json());
    app.use(handler);
    const { status, body } = await request(app)
      .post('/things')
      .set('Content-Type', 'application/json; charset=latin9')
      .send('{}');
    expect([status, body.problems[0].code]).toEqual([415, 'request.body']);
    expect(body.problems[0].message).toContain('LATIN9');
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('of an answer that has begun are left to the framework, which cuts it off', async () => {
    const app = express();
    app.get('/things', (_request, response, next) => {
      response.write('the first half');
      next(new Error('no second half'));
    });
    app.use(handler);
    await expect(request(app).get('/things')).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(logger.error).not.toHaveBeenCalled();
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
