import {
  FleetPreview,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { useMemo, useState } from 'react';
import { InputsForm } from '../../create/inputs/InputsForm';
import { splitHints } from '../../create/inputs/schema';
import { useBlueprintVersion } from '../../data/queries';
import { FleetDraft, schemaOf } from './draft';
import styles from '../fleet.module.css';

/** The inputs that environments lack, as the preview has found; they are given for all. */
export function NeededInputs(props: {
  draft: FleetDraft;
  preview?: FleetPreview;
  onChange: (inputs: JsonObject) => void;
}) {
  const { draft, preview, onChange } = props;
  const version = useBlueprintVersion(draft.blueprint, preview?.to).data;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const lacking = preview?.items.flatMap(({ needs }) => needs) ?? [];
  // Those that are given are lacking no more, and must not vanish for that.
  const names = [...new Set([...Object.keys(draft.inputs), ...lacking])].sort();
  const wanted = names.join(' ');
  const schema = useMemo(
    () => splitHints(schemaOf(version?.inputs ?? {}, wanted.split(' '))),
    [version, wanted],
  );
  if (!version || names.length === 0) return null;
  return (
    <fieldset className={styles.rows}>
      <legend>Newly needed</legend>
      <p className={styles.hint}>
        Given for every environment. One that lacks them is set aside.
      </p>
      <InputsForm
        schema={schema}
        inputs={draft.inputs}
        serverErrors={{}}
        context={{ touched, submitted: false }}
        onChange={onChange}
        onTouch={id => setTouched(before => new Set(before).add(id))}
      />
    </fieldset>
  );
}
