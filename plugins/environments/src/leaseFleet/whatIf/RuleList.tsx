import { Button } from '@backstage/ui';
import { useState } from 'react';
import { RuleDialog } from './RuleDialog';
import { limitsText, TriedRule, whomText } from './rules';
import styles from './whatIf.module.css';

/** The rules that are tried: those of the configuration, changed or left out, and new ones. */
export function RuleList(props: {
  tried: TriedRule[];
  onChange: (tried: TriedRule[]) => void;
}) {
  const { tried, onChange } = props;
  /** The place of the rule that is written; past the last one for a new rule. */
  const [writing, setWriting] = useState<number>();
  const replace = (index: number, ...rules: TriedRule[]) =>
    onChange(tried.toSpliced(index, 1, ...rules));
  return (
    <section className={styles.rules}>
      <h3 className={styles.heading}>Rules</h3>
      {tried.length === 0 && (
        <p className={styles.quiet}>
          The configuration has none: what the blueprints say holds.
        </p>
      )}
      <ol className={styles.list}>
        {tried.map((one, index) => (
          <li key={index} className={styles.rule}>
            <span className={styles.words}>
              <span className={one.isOut ? styles.out : undefined}>
                <strong>For {whomText(one.rule)}:</strong>{' '}
                {limitsText(one.rule)}
              </span>
              <Mark tried={one} />
            </span>
            <span className={styles.buttons}>
              <Button
                variant="tertiary"
                size="small"
                isDisabled={one.isOut}
                aria-label={`Change rule ${index + 1}…`}
                onPress={() => setWriting(index)}
              >
                Change…
              </Button>
              {one.isOut || (one.configured && one.rule !== one.configured) ? (
                <Button
                  variant="tertiary"
                  size="small"
                  aria-label={`Take rule ${index + 1} as it is configured`}
                  onPress={() =>
                    replace(index, {
                      rule: one.configured ?? one.rule,
                      configured: one.configured,
                    })
                  }
                >
                  Take back
                </Button>
              ) : (
                <Button
                  variant="tertiary"
                  size="small"
                  aria-label={`Leave out rule ${index + 1}`}
                  onPress={() =>
                    one.configured
                      ? replace(index, { ...one, isOut: true })
                      : replace(index)
                  }
                >
                  Leave out
                </Button>
              )}
            </span>
          </li>
        ))}
      </ol>
      <Button variant="secondary" onPress={() => setWriting(tried.length)}>
        Add a rule…
      </Button>
      {writing !== undefined && (
        <RuleDialog
          rule={tried[writing]?.rule}
          onClose={() => setWriting(undefined)}
          onDone={rule =>
            replace(writing, { rule, configured: tried[writing]?.configured })
          }
        />
      )}
    </section>
  );
}

function Mark({ tried }: { tried: TriedRule }) {
  const { rule, configured, isOut } = tried;
  if (isOut) return <span className={styles.mark}>left out</span>;
  if (!configured) return <span className={styles.mark}>new</span>;
  return rule === configured ? null : (
    <span className={styles.mark}>changed</span>
  );
}
