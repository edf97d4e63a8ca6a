import { useApi } from '@backstage/frontend-plugin-api';
import {
  BlueprintSource,
  BlueprintVersion,
  Problem,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { environmentsApiRef } from '../api';
import { keys } from '../data/keys';
import { useBlueprintVersion } from '../data/queries';

/** Sends what is written, and follows its check. */
export function usePublish() {
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const [sent, setSent] = useState<{ name: string; version: string }>();
  const mutation = useMutation({
    mutationFn: (asked: { source: BlueprintSource; draft: boolean }) =>
      api.publishBlueprint({
        ...asked.source,
        draft: asked.draft || undefined,
      }),
    onSuccess: answer => {
      const { name, version } = answer;
      // What was known of an attempt before it says nothing of this one.
      client.setQueryData<BlueprintVersion>(
        keys.blueprintVersion(name, version),
        answer,
      );
      client.invalidateQueries({ queryKey: keys.live });
    },
  });
  const version = useBlueprintVersion(sent?.name ?? '', sent?.version);
  const refused =
    mutation.error instanceof ProblemsError ? mutation.error.problems : [];
  const rejected = sent ? (version.data?.problems ?? []) : [];
  const { mutate, reset } = mutation;

  return {
    send: (asked: { source: BlueprintSource; draft: boolean }) =>
      mutate(asked, {
        // Here, since it is left out where something else was written or sent since.
        onSuccess: ({ name, version: number }) =>
          setSent({ name, version: number }),
      }),
    isSending: mutation.isPending,
    draft: mutation.variables?.draft ?? false,
    /** Set when there was no answer, or one without problems. */
    failure: refused.length > 0 ? undefined : (mutation.error ?? undefined),
    version: sent && version.data,
    /** What the portal found wrong with what was sent last. */
    problems: (refused.length > 0 ? refused : rejected) satisfies Problem[],
    /** The text is another one now. */
    clear: useCallback(() => {
      reset();
      setSent(undefined);
    }, [reset]),
  };
}

export type Publishing = ReturnType<typeof usePublish>;
