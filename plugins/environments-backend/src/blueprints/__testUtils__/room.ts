import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { AuditStore } from '../../audit/store';
import { EnvironmentUsage } from '../../environments/usage';
import { Clock } from '../../clock';
import { randomIds } from '../../ids';
import { DriverRegistry } from '../../operations/run/drivers';
import { testInputVault } from '../../testing/keyring';
import { BlueprintPublisher } from '../publish';
import { BlueprintService } from '../service';
import { createSourcePackages } from '../sources/create';
import { BlueprintStore } from '../store/blueprints';
import { SnapshotStore } from '../store/snapshots';
import { SourceStore } from '../store/sources';
import { VersionStore } from '../store/versions';
import { SnapshotFile } from '../types';
import { BlueprintValidator } from '../validate';

/** A document that is right. */
export function blueprintText(
  options: { name?: string; version?: string; title?: string } = {},
): string {
  const { name = 'shop', version = '1.0.0', title = 'Shop' } = options;
  return `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: ${name}, title: ${title}, description: A shop, tags: [sandbox]}
spec:
  type: sandbox
  owner: group:default/platform
  version: ${version}
  inputs:
    properties:
      size: {type: string, enum: [small, large], default: small}
  components:
    web:
      driver: fault
      source: ./web
      with: {size: '\${{ inputs.size }}'}
  outputs:
    url: {value: '\${{ components.web.outputs.url }}', title: Open}
  ttl: {default: 2h, max: 2d, warnBefore: [1h]}
`;
}

export function filesOf(contents: Record<string, string>): SnapshotFile[] {
  return Object.entries(contents).map(([path, content]) => ({
    path,
    content: Buffer.from(content),
  }));
}

/** The blueprints' room on a database, with a scripted driver and a clock that stands still. */
export function furnish(
  knex: Knex,
  elsewhere: { urlReader?: UrlReaderService; config?: JsonObject } = {},
) {
  const driver = new FaultDriver();
  const drivers = new DriverRegistry();
  drivers.add(driver);
  const clock: Clock & { time: Date } = {
    time: new Date('2026-11-01T12:00:00Z'),
    now: () => clock.time,
  };
  const stores = {
    blueprints: new BlueprintStore(),
    versions: new VersionStore(),
    snapshots: new SnapshotStore(),
    sources: new SourceStore(),
    usage: new EnvironmentUsage(testInputVault),
    audit: new AuditStore(),
  };
  let rings = 0;
  const shared = {
    knex,
    drivers,
    clock,
    ids: randomIds,
    logger: mockServices.logger.mock(),
    workDirectory: mkdtempSync(join(tmpdir(), 'greenroom-blueprints-')),
    ...stores,
  };
  const packages = createSourcePackages({
    ...shared,
    urlReader: elsewhere.urlReader ?? mockServices.urlReader.mock(),
    config: mockServices.rootConfig({ data: elsewhere.config }),
  });
  const publisher = new BlueprintPublisher({
    ...shared,
    packages,
    ring: () => rings++,
  });
  const validator = new BlueprintValidator({ ...shared, packages });
  const service = new BlueprintService({
    ...shared,
    publisher,
    access: {
      caller: async () => ({ actor: 'user:default/amir' }),
      requireBasic: async () => {},
      requireManage: async () => {},
      visible: async () => ({ kind: 'all' }),
    },
  });
  const never = new AbortController().signal;
  return {
    ...shared,
    driver,
    publisher,
    validator,
    service,
    rings: () => rings,
    check: () => validator.validateAll(never),
    publish: (
      text: string,
      contents: Record<string, string>,
      options: { draft?: boolean } = {},
    ) =>
      publisher.publish({
        text,
        readFiles: async () => filesOf(contents),
        publishedBy: 'user:default/amir',
        recheck: true,
        ...options,
      }),
  };
}
