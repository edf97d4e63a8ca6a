import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { blueprintPublishPermission } from '@greenroom/plugin-environments-common';
import { Publishing } from './usePublish';
import styles from './authoring.module.css';

/** What publishing means, what stands against it, and the two ways to do it. */
export function PublishBar(props: {
  version: string;
  problems: number;
  /** False when the browser has no room for what is written. */
  kept: boolean;
  publishing: Publishing;
  onSend: (draft: boolean) => void;
}) {
  const { version, problems, kept, publishing, onSend } = props;
  const permission = usePermission({ permission: blueprintPublishPermission });
  const forbidden = !permission.loading && !permission.allowed;
  const { isSending, draft } = publishing;
  const isChecking = publishing.version?.status === 'validating';
  const blocked = forbidden || problems > 0 || isChecking;
  const number = version || 'it';
  return (
    <div className={styles.bar}>
      <span className={styles.barText}>
        {reason({ forbidden, problems, number })}{' '}
        <span className={styles.quietOnCard}>
          {kept
            ? 'What you write is kept in this browser.'
            : 'This browser has no room to keep what you write: it is lost when you leave.'}
        </span>
      </span>
      <Button
        variant="secondary"
        isDisabled={blocked}
        isPending={isSending && draft}
        onPress={() => onSend(true)}
      >
        {`Keep ${number} as a draft`}
      </Button>
      <Button
        isDisabled={blocked}
        isPending={isSending && !draft}
        onPress={() => onSend(false)}
      >
        {`Publish ${number}`}
      </Button>
    </div>
  );
}

function reason(facts: {
  forbidden: boolean;
  problems: number;
  number: string;
}): string {
  const { forbidden, problems, number } = facts;
  if (forbidden) {
    return 'You may not publish blueprints. Ask the operators of the portal.';
  }
  if (problems > 0) {
    return problems === 1
      ? 'Mend the problem first.'
      : `Mend ${problems} problems first.`;
  }
  return `Once published, ${number} never changes; a draft may.`;
}
