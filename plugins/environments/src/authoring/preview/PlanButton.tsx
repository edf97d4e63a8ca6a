import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  blueprintPublishPermission,
  environmentCreatePermission,
} from '@greenroom/plugin-environments-common';
import { useId } from 'react';
import { Trial } from './useTrial';
import styles from '../authoring.module.css';

/** Asks for a plan; where it can't, it says why. */
export function PlanButton(props: {
  label: string;
  /** Of the text and its files. */
  problems: number;
  trial: Trial;
  onPress: () => void;
}) {
  const { label, problems, trial, onPress } = props;
  const id = useId();
  const publish = usePermission({ permission: blueprintPublishPermission });
  const create = usePermission({ permission: environmentCreatePermission });
  const reason = reasonOf({
    mayPublish: publish.loading || publish.allowed,
    mayCreate: create.loading || create.allowed,
    problems,
    running: trial.isRunning ? trial.subject?.name : undefined,
  });
  return (
    <div className={styles.planning}>
      <Button
        variant="secondary"
        isDisabled={reason !== undefined}
        aria-describedby={reason && id}
        onPress={onPress}
      >
        {label}
      </Button>
      {reason && (
        <span id={id} className={styles.quietOnCard}>
          {reason}
        </span>
      )}
    </div>
  );
}

function reasonOf(facts: {
  mayPublish: boolean;
  mayCreate: boolean;
  problems: number;
  running: string | undefined;
}): string | undefined {
  const { mayPublish, mayCreate, problems, running } = facts;
  const ask = 'Ask the operators of the portal.';
  if (!mayPublish) {
    return `To be planned it is kept as a draft, and you may not publish blueprints. ${ask}`;
  }
  if (!mayCreate) {
    return `It is planned for a trial environment, and you may not create environments. ${ask}`;
  }
  if (problems > 0) {
    return problems === 1
      ? 'Mend the problem first.'
      : `Mend ${problems} problems first.`;
  }
  return running && `The plan of ${running} is being made.`;
}
