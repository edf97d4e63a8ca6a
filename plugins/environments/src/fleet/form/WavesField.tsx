import { Button, ButtonIcon, NumberField, Select } from '@backstage/ui';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import { WaveDraft } from './draft';
import styles from '../fleet.module.css';

/** Waves by their size; what they leave is one more. */
export function WavesField(props: {
  waves: WaveDraft[];
  onChange: (waves: WaveDraft[]) => void;
}) {
  const { waves, onChange } = props;
  const change = (index: number, part: Partial<WaveDraft>) =>
    onChange(
      waves.map((wave, other) =>
        other === index ? { ...wave, ...part } : wave,
      ),
    );
  return (
    <fieldset className={styles.rows}>
      <legend>Waves</legend>
      <p className={styles.hint}>
        Each begins once every environment of the one before has ended. All that
        is left is the last.
      </p>
      {waves.map(({ size, unit }, index) => (
        <div key={index} className={styles.row}>
          <NumberField
            aria-label={`Size of wave ${index + 1}`}
            minValue={1}
            maxValue={unit === 'percent' ? 100 : 1000}
            value={size}
            onChange={next => change(index, { size: next || 1 })}
          />
          <Select
            aria-label={`Unit of wave ${index + 1}`}
            options={[
              {
                id: 'count',
                label: size === 1 ? 'environment' : 'environments',
              },
              { id: 'percent', label: '% of all' },
            ]}
            value={unit}
            onChange={key => change(index, { unit: key as WaveDraft['unit'] })}
          />
          <ButtonIcon
            className={styles.narrow}
            variant="tertiary"
            aria-label={`Remove wave ${index + 1}`}
            icon={<RiDeleteBinLine />}
            onPress={() =>
              onChange(waves.filter((_, other) => other !== index))
            }
          />
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          iconStart={<RiAddLine />}
          onPress={() => onChange([...waves, { size: 25, unit: 'percent' }])}
        >
          Add a wave
        </Button>
      </div>
    </fieldset>
  );
}
