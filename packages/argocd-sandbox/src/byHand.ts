import express, { Request, Router } from 'express';
import { Manifest, mergePatch } from './manifest';
import { Sandbox } from './sandbox';

/**
 * What a real one has a cluster for: looks at live objects and changes them, behind Argo CD's
 * back, by their paths in Kubernetes' own API. And lets the reading of Git stand still.
 */
export function byHand(sandbox: Sandbox, freezer: { frozen: boolean }): Router {
  const router = express.Router();
  router.use(express.json({ type: () => true }));
  router.put('/frozen', ({ body }, response) => {
    freezer.frozen = body.frozen === true;
    response.json({});
  });
  router.get('/cluster/*', (request, response) => {
    const found = sandbox.cluster.atPath(objectPath(request));
    response.status(found ? 200 : 404).json(found ?? {});
  });
  router.put('/cluster/*', ({ body }, response) => {
    sandbox.cluster.apply(body as Manifest);
    response.json({});
  });
  router.patch('/cluster/*', (request, response) => {
    const found = sandbox.cluster.atPath(objectPath(request));
    if (found)
      sandbox.cluster.replace(mergePatch(found, request.body) as Manifest);
    response.status(found ? 200 : 404).json({});
  });
  return router;
}

function objectPath({ path }: Pick<Request, 'path'>): string {
  return path.slice('/cluster'.length);
}
