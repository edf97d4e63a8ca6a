import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { FormPreview } from './FormPreview';
import { InputsTable } from './InputsTable';
import styles from './blueprints.module.css';

/** What one is asked for: as a table to read, or as the form that it becomes. */
export function InputsSection({ schema }: { schema: JsonObject }) {
  const [shown, setShown] = useState<'fields' | 'form'>('fields');
  return (
    <section aria-label="Inputs">
      <div className={styles.sectionHead}>
        <h3 className={styles.heading}>Inputs</h3>
        <ToggleButtonGroup
          aria-label="Show inputs as"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[shown]}
          onSelectionChange={keys =>
            setShown(keys.has('form') ? 'form' : 'fields')
          }
        >
          <ToggleButton id="fields">Fields</ToggleButton>
          <ToggleButton id="form">Form</ToggleButton>
        </ToggleButtonGroup>
      </div>
      {shown === 'fields' ? (
        <InputsTable schema={schema} />
      ) : (
        <FormPreview schema={schema} />
      )}
    </section>
  );
}
