import { Button, Tag, TagGroup, TextField } from '@backstage/ui';
import { useId, useState } from 'react';
import { FieldError } from '../create/FieldError';
import { draftOf, enteredIn, errorIn, LabelCheck, LabelsDraft } from './draft';
import styles from './labels.module.css';

/** Enters labels one after the other; what was typed counts also when nobody pressed the button. */
export function LabelsField(props: {
  label: string;
  description: string;
  draft: LabelsDraft;
  check: LabelCheck;
  /** What the server says of them. */
  error?: string;
  onChange: (draft: LabelsDraft) => void;
}) {
  const { label, description, draft, check, onChange } = props;
  const [left, setLeft] = useState(false);
  const errorId = useId();
  const wrong = errorIn(draft, check);
  const error = left && wrong ? wrong : props.error;

  const add = () => {
    setLeft(true);
    if (!wrong) onChange(draftOf(enteredIn(draft, check)));
  };
  return (
    <div className={styles.field}>
      <div className={styles.entry}>
        <TextField
          label={label}
          description={description}
          placeholder="team=checkout"
          value={draft.typed}
          onChange={typed => {
            setLeft(false);
            onChange({ ...draft, typed });
          }}
          onBlur={() => setLeft(true)}
          onKeyDown={event => {
            if (event.key !== 'Enter') return;
            // Not to send the form around it.
            event.preventDefault();
            add();
          }}
          isInvalid={error !== undefined}
          aria-describedby={errorId}
        />
        <Button
          variant="secondary"
          isDisabled={draft.typed.trim() === ''}
          onPress={add}
        >
          Add label
        </Button>
      </div>
      <FieldError id={errorId} error={error} />
      {draft.texts.length > 0 && (
        <LabelTags
          label={label}
          texts={draft.texts}
          onChange={texts => onChange({ ...draft, texts })}
        />
      )}
    </div>
  );
}

/** Labels that can be taken away. */
export function LabelTags(props: {
  label: string;
  texts: readonly string[];
  onChange: (texts: string[]) => void;
}) {
  const { label, texts, onChange } = props;
  return (
    <TagGroup
      aria-label={label}
      className={styles.tags}
      onRemove={keys => onChange(texts.filter(text => !keys.has(text)))}
    >
      {texts.map(text => (
        <Tag
          key={text}
          id={text}
          textValue={text}
          size="medium"
          className={styles.tag}
        >
          <span className={styles.clip} title={text}>
            {text}
          </span>
        </Tag>
      ))}
    </TagGroup>
  );
}
