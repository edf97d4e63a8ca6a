import { useApi } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router-dom';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import { PageFrame } from '../portal/PageFrame';
import { ExtendOfferCard } from './ExtendOfferCard';

/** Where the link of a warning leads: says what would be, and asks. Opening it changes nothing. */
export function ExtendPage() {
  const { token = '' } = useParams();
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.extendOffer(token),
    queryFn: ({ signal }) => api.getExtendOffer(token, { signal }),
  });
  const use = useMutation({
    mutationFn: () => api.useExtendLink(token),
    onSettled: () => client.invalidateQueries({ queryKey: keys.live }),
  });
  return (
    <PageFrame title="Extend a lease">
      {error && (
        <Failure
          error={error}
          what="The link does not work"
          onRetry={refetch}
        />
      )}
      {isPending && <Skeleton width="100%" height={200} />}
      {data && (
        <ExtendOfferCard
          offer={data}
          extended={use.data?.lease}
          failure={use.error}
          isPending={use.isPending}
          onExtend={() => use.mutate()}
        />
      )}
    </PageFrame>
  );
}
