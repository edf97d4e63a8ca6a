import { Step } from '@greenroom/plugin-environments-common';
import { stepTitle } from '../operation/words';
import { Level, LEVELS } from './logText';
import styles from './log.module.css';

const LEVEL_WORDS: Record<Level, string> = {
  all: 'All levels',
  warning: 'Warnings and errors',
  error: 'Errors',
};

/** What of the log is looked at; empty for everything. */
export interface Pick {
  step?: string;
  component?: string;
}

/** Which part of the log is shown, and from which level on. */
export function LogFilters(props: {
  steps: Step[];
  pick: Pick;
  level: Level;
  onPick: (pick: Pick) => void;
  onLevel: (level: Level) => void;
}) {
  const { steps, pick, level, onPick, onLevel } = props;
  const components = [...new Set(steps.map(({ component }) => component))];
  return (
    <>
      <select
        aria-label="Part of the log"
        className={styles.select}
        value={optionOf(pick)}
        onChange={event => {
          const [kind, ...id] = event.target.value.split(' ');
          onPick(kind ? { [kind]: id.join(' ') } : {});
        }}
      >
        <option value="">All steps</option>
        {components.map(component => (
          <optgroup key={component} label={component}>
            <option value={`component ${component}`}>{component}</option>
            {steps
              .filter(step => step.component === component)
              .map(step => (
                <option key={step.id} value={`step ${step.id}`}>
                  {stepTitle(step)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <select
        aria-label="Level"
        className={styles.select}
        value={level}
        onChange={event =>
          onLevel(LEVELS.find(one => one === event.target.value) ?? 'all')
        }
      >
        {LEVELS.map(one => (
          <option key={one} value={one}>
            {LEVEL_WORDS[one]}
          </option>
        ))}
      </select>
    </>
  );
}

function optionOf({ step, component }: Pick): string {
  if (step) return `step ${step}`;
  return component ? `component ${component}` : '';
}
