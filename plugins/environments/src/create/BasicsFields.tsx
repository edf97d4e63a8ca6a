import { Select, TextField } from '@backstage/ui';
import { entityName } from '../entity/names';
import { checkLabel } from '../labels/draft';
import { LabelsField } from '../labels/LabelsField';
import { FieldError } from './FieldError';
import { Caller } from './caller';
import { CreateForm } from './useCreateForm';
import styles from './create.module.css';

/** What the environment is called, whose it is, and by what else it is to be found. */
export function BasicsFields(props: {
  form: CreateForm;
  caller: Caller;
  errors: { name?: string; owner?: string; labels?: string };
}) {
  const { form, caller, errors } = props;
  const { name, owner } = form.request;
  return (
    <>
      <div className={styles.field}>
        <TextField
          label="Name"
          secondaryLabel="Required"
          description="Unique among living environments; stands in its addresses."
          value={name}
          onChange={next => form.change({ name: next })}
          onBlur={() => form.touch('name')}
          isInvalid={errors.name !== undefined}
          aria-describedby="create-name-error"
        />
        <FieldError id="create-name-error" error={errors.name} />
      </div>
      <div className={styles.field}>
        <Select
          label="Owner"
          secondaryLabel="Required"
          description="You, or a group of yours: who may change and destroy it."
          options={ownersOf(caller).map(ref => ({
            id: ref,
            label:
              ref === caller.userEntityRef
                ? `${entityName(ref)} (you)`
                : entityName(ref),
          }))}
          value={owner}
          onChange={key => form.change({ owner: String(key) })}
          isInvalid={errors.owner !== undefined}
          aria-describedby="create-owner-error"
        />
        <FieldError id="create-owner-error" error={errors.owner} />
      </div>
      <details className={styles.more} open={errors.labels !== undefined}>
        <summary>Labels, optional</summary>
        <LabelsField
          label="Label"
          description="A key and a value, to find it and to upgrade it with others."
          draft={form.labels}
          check={checkLabel}
          error={errors.labels}
          onChange={form.changeLabels}
        />
      </details>
    </>
  );
}

function ownersOf({ userEntityRef, ownershipEntityRefs }: Caller): string[] {
  return [...new Set([...ownershipEntityRefs, userEntityRef])];
}
