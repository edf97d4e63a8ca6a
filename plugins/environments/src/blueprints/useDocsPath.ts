import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useBlueprintEntity } from '../data/blueprintQueries';
import { viewTechDocRouteRef } from '../routes';

const ANNOTATION = 'backstage.io/techdocs-ref';

/** Where the documentation of a blueprint is; undefined when it has none, or the app shows none. */
export function useDocsPath(entityRef: string): string | undefined {
  const route = useRouteRef(viewTechDocRouteRef);
  const entity = useBlueprintEntity(entityRef);
  if (!route || !entity.data?.metadata.annotations?.[ANNOTATION]) {
    return undefined;
  }
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return route({ kind, namespace, name });
}
