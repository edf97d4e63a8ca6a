import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextField,
} from '@backstage/ui';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { useBlueprints } from '../../data/queries';
import { optionsOf } from '../../list/options';
import { useOwnerOptions } from '../../list/useOwnerOptions';
import { limitsText, RuleFields, toFields, toRule } from './rules';
import styles from './whatIf.module.css';

const LENGTHS = [
  ['default', 'Lives by default'],
  ['min', 'Lives at least'],
  ['max', 'Lives at most'],
  ['by', 'Extended at once by at most'],
  ['holdMax', 'Held at most'],
] as const;

/** Writes one rule to try. */
export function RuleDialog(props: {
  /** Absent: a new one. */
  rule?: JsonObject;
  onDone: (rule: JsonObject) => void;
  onClose: () => void;
}) {
  const { rule, onDone, onClose } = props;
  const [fields, setFields] = useState(() => toFields(rule ?? {}));
  const change = (part: Partial<RuleFields>) =>
    setFields({ ...fields, ...part });
  const blueprints = useBlueprints().data ?? [];
  const owners = useOwnerOptions(fields.owner, []);
  const written = toRule(fields, rule);
  const whom = [
    [
      'type',
      'Type',
      optionsOf(
        blueprints.map(({ type }) => type),
        fields.type,
      ),
    ],
    [
      'blueprint',
      'Blueprint',
      optionsOf(
        blueprints.map(({ name }) => name),
        fields.blueprint,
      ),
    ],
    ['owner', 'Owner', owners],
  ] as const;
  return (
    <Dialog width={560} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{rule ? 'Change a rule' : 'Add a rule'}</DialogHeader>
      <DialogBody>
        <p className={styles.hint}>
          For environments that fit all of what is chosen; for all of them where
          nothing is.
        </p>
        <div className={styles.fields}>
          {whom.map(([name, label, options]) => (
            <Select
              key={name}
              label={label}
              placeholder="any"
              selectionMode="multiple"
              searchable
              searchPlaceholder={`Search ${label.toLowerCase()}`}
              options={options}
              value={fields[name]}
              onChange={chosen => change({ [name]: chosen.map(String) })}
            />
          ))}
          {LENGTHS.map(([name, label]) => (
            <TextField
              key={name}
              label={label}
              placeholder="24h, 7d"
              value={fields[name]}
              onChange={length => change({ [name]: length })}
            />
          ))}
          <TextField
            label="Extensions at most"
            inputMode="numeric"
            value={fields.extensions}
            onChange={extensions => change({ extensions })}
          />
        </div>
        <Checkbox
          isSelected={fields.mustEnd}
          onChange={mustEnd => change({ mustEnd })}
        >
          Each must have an end
        </Checkbox>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Leave the rules as they are
        </Button>
        <Button
          variant="primary"
          isDisabled={limitsText(written) === limitsText({})}
          onPress={() => {
            onDone(written);
            onClose();
          }}
        >
          {rule ? 'Change the rule' : 'Add the rule'}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
