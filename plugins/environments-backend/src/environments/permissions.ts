import { Knex } from 'knex';
import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { environmentsPermissions } from '@greenroom/plugin-environments-common';
import {
  blueprintPermissionResourceRef,
  blueprintPermissionRules,
  environmentPermissionResourceRef,
  environmentPermissionRules,
} from '@greenroom/plugin-environments-node';
import { BlueprintService } from '../blueprints/service';
import { EnvironmentStore } from './store';

/** Tells the permission framework what may be decided here, and lets it decide by condition. */
export function registerEnvironmentPermissions(options: {
  knex: Knex;
  environmentStore: EnvironmentStore;
  blueprints: BlueprintService;
  permissionsRegistry: PermissionsRegistryService;
}): void {
  const { knex, environmentStore, blueprints, permissionsRegistry } = options;
  permissionsRegistry.addResourceType({
    resourceRef: environmentPermissionResourceRef,
    permissions: environmentsPermissions,
    rules: Object.values(environmentPermissionRules),
    getResources: async ids => {
      const found = await environmentStore.findAll(knex, ids);
      return ids.map(id => found.get(id));
    },
  });
  permissionsRegistry.addResourceType({
    resourceRef: blueprintPermissionResourceRef,
    rules: Object.values(blueprintPermissionRules),
    getResources: names => blueprints.permissionResources(names),
  });
}
