import { useApi } from '@backstage/frontend-plugin-api';
import {
  BlueprintDocument,
  BlueprintSource,
  CreateEnvironmentRequest,
  JsonObject,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { environmentsApiRef } from '../../api';
import { Caller, useCaller, usualOwner } from '../../create/caller';
import { createKey } from '../../data/createKey';
import { useOperation } from '../../data/operationQueries';
import { isOperationUnfinished } from '../../data/pace';
import { rememberOperation } from '../../data/rememberOperation';
import { problemsOf } from '../../operation/problemsOf';
import { usePublish } from '../usePublish';

/** What an environment is planned of: an example, or what was typed into the form. */
export interface Subject {
  id: string;
  /** In words, on buttons and in the name of the trial environment. */
  name: string;
  inputs: JsonObject;
}

interface Asked {
  /** Makes repeating the request harmless. */
  key: string;
  subject: Subject;
  source: BlueprintSource;
  request: CreateEnvironmentRequest;
}

/**
 * Plans what is written, on a trial environment: the text becomes a draft, which the portal
 * checks first. Inputs stay in memory, since there may be secrets among them.
 */
export function useTrial(source: BlueprintSource) {
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const caller = useCaller();
  const draft = usePublish();
  const [asked, setAsked] = useState<Asked>();
  const status = draft.version?.status;
  const isChecked = !['validating', 'rejected', undefined].includes(status);

  const start = useQuery({
    queryKey: ['environments', 'trial', asked?.key],
    queryFn: async ({ signal }) => {
      const { key: idempotencyKey, request } = asked!;
      const { operation } = await api.createEnvironment(
        { ...request, dryRun: true, plan: true },
        { idempotencyKey, signal },
      );
      rememberOperation(client, operation!);
      return operation!.id;
    },
    enabled: asked !== undefined && isChecked,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  const operation = useOperation(start.data);
  const cancelling = useMutation({
    mutationFn: (id: string) => api.cancelOperation(id, {}),
    onSuccess: cancelled => rememberOperation(client, cancelled),
  });

  const refused =
    start.error instanceof ProblemsError ? start.error.problems : [];
  const problems = draft.problems.length > 0 ? draft.problems : refused;
  const failure =
    draft.failure ?? (refused.length > 0 ? undefined : start.error);
  const isStale = asked !== undefined && !isSame(asked.source, source);
  const failed = operation.data ? problemsOf(operation.data) : [];
  const hasEnded =
    failure ||
    problems.length > 0 ||
    (operation.data && !isOperationUnfinished(operation.data.state));

  return {
    subject: asked?.subject,
    /** The text is another one than was planned. */
    isStale,
    isRunning: asked !== undefined && !hasEnded,
    stage: stageOf({ isChecked, isSending: draft.isSending }),
    /** What stands against the text or the inputs, so that there is no plan. */
    problems,
    failure: failure ?? undefined,
    operation: operation.data,
    operationId: start.data,
    /** What was found wrong, where it stands in the present text. */
    placed: isStale
      ? []
      : [...problems, ...failed].filter(({ place }) => place),
    cancelFailure: cancelling.error ?? undefined,
    plan: (subject: Subject, document: BlueprintDocument) => {
      cancelling.reset();
      draft.clear();
      const request = requestOf(subject, document, caller.data);
      setAsked({ key: createKey(), subject, source, request });
      draft.send({ source, draft: true });
    },
    cancel: () => {
      if (start.data) {
        cancelling.mutate(start.data);
      } else {
        draft.clear();
        setAsked(undefined);
      }
    },
  };
}

export type Trial = ReturnType<typeof useTrial>;

export type TrialStage = 'sending' | 'checking' | 'asking';

function stageOf(facts: {
  isChecked: boolean;
  isSending: boolean;
}): TrialStage {
  if (facts.isSending) return 'sending';
  return facts.isChecked ? 'asking' : 'checking';
}

/** For the blueprint's own owner where the caller may ask for that one. */
function requestOf(
  { name, inputs }: Subject,
  { metadata, spec }: BlueprintDocument,
  caller: Caller | undefined,
): CreateEnvironmentRequest {
  const isOwn = !caller || caller.ownershipEntityRefs.includes(spec.owner);
  return {
    name: `try-${name.slice(0, 25).replace(/-+$/, '')}-${createKey().slice(0, 6)}`,
    blueprint: metadata.name,
    version: spec.version,
    owner: isOwn ? spec.owner : usualOwner(caller),
    inputs,
  };
}

function isSame(one: BlueprintSource, other: BlueprintSource): boolean {
  const paths = Object.keys(one.files);
  return (
    one.document === other.document &&
    paths.length === Object.keys(other.files).length &&
    paths.every(path => one.files[path] === other.files[path])
  );
}
