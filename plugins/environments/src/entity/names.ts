import { parseEntityRef } from '@backstage/catalog-model';

/** The short name of an entity: `checkout` for `group:default/checkout`, `shop/checkout` outside the default namespace. */
export function entityName(entityRef: string): string {
  const { name, namespace } = parseEntityRef(entityRef, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
