import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { BlueprintDocument } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { ComponentGraph } from '../../graph/ComponentGraph';
import { Sketch } from '../text/sketch';
import { ExamplesPanel } from './ExamplesPanel';
import { FormPlan } from './FormPlan';
import { PreviewBoundary } from './PreviewBoundary';
import { Trial } from './useTrial';
import styles from '../authoring.module.css';

const VIEWS = [
  { id: 'graph', label: 'Graph' },
  { id: 'form', label: 'Form' },
  { id: 'examples', label: 'Examples' },
] as const;

/** What the document amounts to, following the text as it is written. */
export function Preview(props: {
  sketch: Sketch;
  document?: BlueprintDocument;
  /** How many there are in the text and its files. */
  problems: number;
  trial: Trial;
}) {
  const { sketch, document, problems, trial } = props;
  const [view, setView] = useState<(typeof VIEWS)[number]['id']>('graph');
  const [picked, setPicked] = useState<string>();
  return (
    <section className={styles.preview} aria-label="Preview">
      <ToggleButtonGroup
        aria-label="Preview"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys =>
          setView(VIEWS.find(({ id }) => keys.has(id))?.id ?? 'graph')
        }
      >
        {VIEWS.map(({ id, label }) => (
          <ToggleButton key={id} id={id}>
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {view === 'graph' &&
        (sketch.graph.length === 0 ? (
          <p className={styles.quiet}>It has no components yet.</p>
        ) : (
          <ComponentGraph
            nodes={sketch.graph.map(({ id, driver, source, uses }) => ({
              id,
              driver,
              uses,
              caption: source,
            }))}
            picked={picked}
            onPick={id => setPicked(id === picked ? undefined : id)}
          />
        ))}
      {view === 'form' && (
        <PreviewBoundary key={JSON.stringify(sketch.inputs)}>
          <FormPlan
            schema={sketch.inputs}
            document={document}
            problems={problems}
            trial={trial}
          />
        </PreviewBoundary>
      )}
      {view === 'examples' && (
        <ExamplesPanel document={document} problems={problems} trial={trial} />
      )}
    </section>
  );
}
