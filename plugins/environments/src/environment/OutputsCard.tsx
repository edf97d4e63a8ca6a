import { ButtonIcon, Link } from '@backstage/ui';
import { EnvironmentOutput } from '@greenroom/plugin-environments-common';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { Announce } from '../feedback/Announce';
import { Card } from '../portal/Card';
import { outputText, webAddress } from './outputs';
import styles from './environment.module.css';

/** What the environment hands out; sensitive values never reach this page. */
export function OutputsCard({ outputs }: { outputs: EnvironmentOutput[] }) {
  return (
    <Card title="Outputs">
      {outputs.length === 0 ? (
        <p className={styles.none}>None yet.</p>
      ) : (
        <OutputList outputs={outputs} />
      )}
    </Card>
  );
}

/** Each with a way to open it, or to copy it. */
export function OutputList({ outputs }: { outputs: EnvironmentOutput[] }) {
  return (
    <dl className={styles.outputs}>
      {outputs.map(output => (
        <div key={output.name} className={styles.output}>
          <dt>{output.title || output.name}</dt>
          <dd>
            <OutputValue output={output} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function OutputValue({ output }: { output: EnvironmentOutput }) {
  if (output.sensitive) {
    return (
      <>
        <code aria-hidden="true">••••••••••••</code>
        <span className={styles.quiet}>Sensitive, not shown</span>
      </>
    );
  }
  const text = outputText(output.value);
  const href = webAddress(output);
  return (
    <>
      {href ? (
        <Link
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          className={styles.value}
        >
          {text}
        </Link>
      ) : (
        <code className={styles.value}>{text}</code>
      )}
      <CopyButton name={output.title || output.name} text={text} />
    </>
  );
}

const COPIED_MS = 2000;

function CopyButton(props: { name: string; text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <ButtonIcon
        variant="tertiary"
        aria-label={`Copy ${props.name}`}
        icon={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={async () => {
          await navigator.clipboard.writeText(props.text);
          setCopied(true);
        }}
      />
      <Announce text={copied ? `${props.name} copied` : ''} />
    </>
  );
}
