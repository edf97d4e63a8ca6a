import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Link } from '@backstage/ui';
import {
  Environment,
  environmentUpdatePermission,
} from '@greenroom/plugin-environments-common';
import { RiPriceTag3Line } from '@remixicon/react';
import { useState } from 'react';
import { usePaths } from '../portal/paths';
import { labelTexts } from './draft';
import { LabelsDialog } from './LabelsDialog';
import styles from './labels.module.css';

/** The labels of an environment, each leading to all that have it, and how to change them. */
export function EnvironmentLabels(props: { environment: Environment }) {
  const { environment } = props;
  const { id, name, labels, state } = environment;
  const paths = usePaths();
  const [editing, setEditing] = useState(false);
  const { loading, allowed } = usePermission({
    permission: environmentUpdatePermission,
    resourceRef: id,
  });
  const texts = labelTexts(labels);
  const gone = state === 'destroyed';
  if (gone && texts.length === 0) return null;
  const act = texts.length > 0 ? 'Edit labels' : 'Add labels';
  return (
    <div className={styles.labels}>
      {texts.length > 0 && (
        <ul className={styles.list} aria-label={`Labels of ${name}`}>
          {texts.map(text => (
            <li key={text} className={styles.chip}>
              <Link
                href={paths.labelled(text)}
                standalone
                title={`Show all with ${text}`}
                className={styles.link}
              >
                {text}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {!gone && (
        <Button
          variant="tertiary"
          size="small"
          iconStart={<RiPriceTag3Line />}
          className={styles.edit}
          isDisabled={!allowed}
          onPress={() => setEditing(true)}
        >
          {act}
        </Button>
      )}
      {!gone && !loading && !allowed && (
        <span>You may not update this environment.</span>
      )}
      {editing && (
        <LabelsDialog
          environment={environment}
          act={act}
          onClose={() => setEditing(false)}
        />
      )}
    </div>
  );
}
