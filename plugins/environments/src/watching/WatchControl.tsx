import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { RiEyeLine, RiEyeOffLine } from '@remixicon/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { environmentsApiRef } from '../api';
import { useCaller } from '../create/caller';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import { WatchedBy } from './WatchedBy';
import styles from './watching.module.css';

/** Who is told of it beside its owner, and a way to be one of them. */
export function WatchControl({ environment }: { environment: Environment }) {
  const { id, name, watchers = [] } = environment;
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const me = useCaller().data?.userEntityRef;
  const watching = watchers.some(({ watcher }) => watcher === me);
  const change = useMutation({
    mutationFn: () =>
      watching ? api.unwatchEnvironment(id) : api.watchEnvironment(id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.live }),
  });
  return (
    <>
      <span className={styles.watching}>
        <Button
          variant="tertiary"
          size="small"
          iconStart={watching ? <RiEyeOffLine /> : <RiEyeLine />}
          isDisabled={me === undefined}
          isPending={change.isPending}
          aria-label={watching ? `Stop watching ${name}` : `Watch ${name}`}
          onPress={() => change.mutate()}
        >
          {watching ? 'Stop watching' : 'Watch'}
        </Button>
        {watchers.length > 0 ? (
          <WatchedBy watchers={watchers} />
        ) : (
          <span>to be told before it ends</span>
        )}
      </span>
      {change.isError && (
        <Failure
          error={change.error}
          what={`Whether you watch ${name} was not changed`}
        />
      )}
    </>
  );
}
