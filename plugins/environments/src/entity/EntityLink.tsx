import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { entityName } from './names';

/** The name of an entity, leading to its page where the app has one. */
export function EntityLink({ entityRef }: { entityRef: string }) {
  const route = useRouteRef(entityRouteRef);
  const { kind, namespace, name } = parseEntityRef(entityRef, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  const text = entityName(entityRef);
  if (!route) return <span>{text}</span>;
  return (
    <Link href={route({ kind: kind.toLowerCase(), namespace, name })}>
      {text}
    </Link>
  );
}
