import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonLink, Checkbox } from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersion,
  CreateEnvironmentRequest,
  environmentCreatePermission,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FormEvent, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { environmentsApiRef } from '../api';
import { usePlanOf } from '../change/usePlanOf';
import { createKey } from '../data/createKey';
import { rememberOperation } from '../data/rememberOperation';
import { Failure } from '../feedback/Failure';
import { PlanPreview } from '../plan/PlanPreview';
import { usePaths } from '../portal/paths';
import { BasicsFields } from './BasicsFields';
import { EndSentence } from './EndSentence';
import { InputsForm } from './inputs/InputsForm';
import { OtherProblems } from './OtherProblems';
import { sortProblems } from './problems';
import { ReviewCard } from './ReviewCard';
import { TtlField } from './TtlField';
import { Caller } from './caller';
import { useCreateForm } from './useCreateForm';
import { useDryRun } from './useDryRun';
import styles from './create.module.css';

/** One form, errors beside their fields, one button that says what it does. */
export function CreateForm(props: {
  blueprint: Blueprint;
  version: BlueprintVersion;
  caller: Caller;
}) {
  const { blueprint, version, caller } = props;
  const paths = usePaths();
  const box = useRef<HTMLFormElement>(null);
  const form = useCreateForm(version, caller);
  const dryRun = useDryRun(form.request, form.complete);
  const permission = usePermission({ permission: environmentCreatePermission });
  const [submitted, setSubmitted] = useState(false);
  const [confirm, setConfirm] = useState(false);
  const create = useCreate();
  const plan = usePlan(form.request);

  const refused = create.error instanceof ProblemsError ? create.error : null;
  // An answer to an older request says nothing about this one.
  const stale = create.variables?.request !== form.request;
  const problems = sortProblems(
    refused && !stale ? refused.problems : dryRun.problems,
  );
  const shown = (id: string, error?: string) =>
    submitted || form.touched.has(id) ? error : undefined;
  const { name } = form.request;
  const forbidden = !permission.loading && !permission.allowed;

  const attempt = (act: () => void) => {
    setSubmitted(true);
    if (form.complete && !forbidden) act();
    else focusFirstError(box.current);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt(() => create.mutate({ request: form.request, confirm }));
  };

  return (
    <form ref={box} onSubmit={submit} noValidate className={styles.form}>
      {create.isError &&
        !stale &&
        (!refused || refused.problems.length === 0) && (
          <Failure error={create.error} what={`${name} was not created`} />
        )}
      <OtherProblems problems={problems.others} />
      <div className={styles.columns}>
        <div className={styles.fields}>
          <BasicsFields
            form={form}
            caller={caller}
            errors={{
              name: shown('name', form.nameError ?? problems.name),
              owner: shown('owner', problems.owner),
              labels: problems.labels,
            }}
          />
          <InputsForm
            schema={form.schema}
            inputs={form.request.inputs}
            serverErrors={problems.inputs}
            context={{ touched: form.touched, submitted }}
            onChange={form.changeInputs}
            onTouch={form.touch}
          />
          <TtlField
            ttl={version.ttl}
            value={form.request.ttl}
            error={form.ttlError ? shown('ttl', form.ttlError) : problems.ttl}
            onChange={form.changeTtl}
            onBlur={() => form.touch('ttl')}
          />
        </div>
        <div className={styles.review}>
          <ReviewCard blueprint={blueprint} version={version} dryRun={dryRun} />
          {plan.error && (
            <Failure error={plan.error} what="The plan could not be made" />
          )}
        </div>
      </div>
      {plan.operation && (
        <div className={styles.plan}>
          <PlanPreview
            key={plan.operation.id}
            operationId={plan.operation.id}
          />
        </div>
      )}
      <div className={styles.bar}>
        <span className={styles.barText}>
          {forbidden ? (
            'You may not create environments. Ask the operators of the portal.'
          ) : (
            <EndSentence
              seconds={form.ttlSeconds}
              wrong={form.ttlError !== undefined}
            />
          )}
        </span>
        <ButtonLink href={paths.create()} variant="tertiary">
          Pick another blueprint
        </ButtonLink>
        <Checkbox isSelected={confirm} onChange={setConfirm}>
          Wait for my word before applying
        </Checkbox>
        <Button
          variant="secondary"
          isDisabled={forbidden}
          isPending={plan.isPending}
          onPress={() => attempt(plan.show)}
        >
          Show the plan
        </Button>
        <Button
          type="submit"
          isDisabled={forbidden}
          isPending={create.isPending}
        >
          {name ? `Create ${name}` : 'Create environment'}
        </Button>
      </div>
    </form>
  );
}

/** Creates once, however often it is asked to, and leads to the operation at once. */
function useCreate() {
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  const navigate = useNavigate();
  const paths = usePaths();
  const [idempotencyKey] = useState(createKey);
  return useMutation({
    mutationFn: (asked: {
      request: CreateEnvironmentRequest;
      confirm: boolean;
    }) =>
      api.createEnvironment(
        { ...asked.request, confirm: asked.confirm || undefined },
        { idempotencyKey },
      ),
    onSuccess: ({ environment, operation }) => {
      if (environment && operation) {
        rememberOperation(client, operation);
        navigate(paths.operation(environment, operation));
      }
    },
  });
}

/** The plan of what is asked for, made on an environment that never comes to be. */
function usePlan(request: CreateEnvironmentRequest) {
  const api = useApi(environmentsApiRef);
  return usePlanOf(async () => {
    const { operation } = await api.createEnvironment(
      { ...request, dryRun: true, plan: true },
      { idempotencyKey: createKey() },
    );
    return operation;
  });
}

function focusFirstError(form: HTMLFormElement | null): void {
  // After the errors have been drawn.
  requestAnimationFrame(() =>
    form
      ?.querySelector<HTMLElement>(
        'input[aria-invalid="true"], [data-invalid] input, [data-invalid] button',
      )
      ?.focus(),
  );
}
