import { Request, Router } from 'express';
import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  CancelOperationRequest,
  ConfirmOperationRequest,
  ListOperationsQuery,
  Operation,
  RepeatOperationRequest,
  SubmitOperationRequest,
  TakeOverRequest,
} from '@greenroom/plugin-environments-common';
import { audited, AuditedEvent } from '../../audited';
import { listOf, requireUuid } from '../../requests';
import { OperationMoves } from './moveService';
import { OperationRequests } from './requests';
import { OperationService } from './service';

export interface OperationRoutesOptions {
  operations: OperationService;
  operationRequests: OperationRequests;
  operationMoves: OperationMoves;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}

/** The shapes of queries and bodies are checked against the OpenAPI document before. */
export function registerOperationRoutes(
  router: Router,
  options: OperationRoutesOptions,
): void {
  const { operations, operationRequests, httpAuth, auditor } = options;

  router.get('/operations', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await operations.list(readQuery(request), credentials));
  });

  router.get('/operations/:id', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await operations.get(id, credentials));
  });

  router.get('/operations/:id/plan', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    response.json(await operations.plan(id, credentials));
  });

  router.post('/environments/:id/operations', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const id = requireUuid(request.params.id);
    const body: SubmitOperationRequest = request.body;
    const event = {
      eventId: `environment-${body.kind}`,
      meta: { id, version: body.version, reason: body.reason },
    };
    const operation = await audited(auditor, request, event, () =>
      operationRequests.submit(
        id,
        body,
        credentials,
        request.get('Idempotency-Key'),
      ),
    );
    response.status(202).json(operation);
  });

  registerMoves(router, options);
}

function registerMoves(
  router: Router,
  { operationMoves, httpAuth, auditor }: OperationRoutesOptions,
): void {
  move<CancelOperationRequest>('cancel', (id, body, credentials) =>
    operationMoves.cancel(id, body, credentials),
  );
  move<ConfirmOperationRequest>('confirm', (id, body, credentials) =>
    operationMoves.confirm(id, body, credentials),
  );
  move<RepeatOperationRequest>(
    'retry',
    (id, body, credentials, idempotencyKey) =>
      operationMoves.retry(id, body, credentials, idempotencyKey),
  );
  move<RepeatOperationRequest>(
    'roll-back-to',
    (id, body, credentials, idempotencyKey) =>
      operationMoves.rollBackTo(id, body, credentials, idempotencyKey),
  );
  move<TakeOverRequest>(
    'take-over',
    (id, body, credentials) => operationMoves.takeOver(id, body, credentials),
    'high',
  );

  function move<T extends { reason?: string } | ConfirmOperationRequest>(
    name: string,
    make: (
      id: string,
      body: T,
      credentials: BackstageCredentials,
      idempotencyKey?: string,
    ) => Promise<Operation>,
    severityLevel?: AuditedEvent['severityLevel'],
  ): void {
    router.post(`/operations/:id/${name}`, async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const id = requireUuid(request.params.id);
      const { reason, planHash } = request.body;
      const event = {
        eventId: `operation-${name}`,
        meta: { id, reason, planHash },
        severityLevel,
      };
      const operation = await audited(auditor, request, event, () =>
        make(id, request.body, credentials, request.get('Idempotency-Key')),
      );
      response.status(202).json(operation);
    });
  }
}

function readQuery({ query }: Request): ListOperationsQuery {
  return {
    ...query,
    kind: listOf(query.kind),
    state: listOf(query.state),
    owner: listOf(query.owner),
    limit: query.limit === undefined ? undefined : Number(query.limit),
  };
}
