import { useApi } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { environmentsApiRef } from '@greenroom/plugin-environments';
import { useQuery } from '@tanstack/react-query';
import styles from './home.module.css';

/** One click to the form of each blueprint. */
export function Blueprints({ create }: { create: string }) {
  const api = useApi(environmentsApiRef);
  const { data } = useQuery({
    queryKey: ['blueprints'],
    queryFn: ({ signal }) => api.listBlueprints({}, { signal }),
  });
  if (!data || data.length === 0) return null;
  return (
    <section>
      <h3 className={styles.cardTitle}>Create from a blueprint</h3>
      <div className={styles.blueprints}>
        {data.map(({ name, title, description }) => (
          <Card
            key={name}
            href={`${create}/${encodeURIComponent(name)}`}
            label={`Create an environment from ${title}`}
          >
            <CardHeader>
              <Text weight="bold">{title}</Text>
            </CardHeader>
            <CardBody>
              <Text>{description}</Text>
            </CardBody>
          </Card>
        ))}
      </div>
    </section>
  );
}
