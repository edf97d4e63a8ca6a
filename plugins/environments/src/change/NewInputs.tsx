import { BlueprintVersion } from '@greenroom/plugin-environments-common';
import { newInputs } from './newInputs';
import styles from './change.module.css';

/** What a version asks for that the present one did not. */
export function NewInputs(props: {
  version: BlueprintVersion;
  presentVersion: BlueprintVersion;
}) {
  const { version, presentVersion } = props;
  const { required, optional } = newInputs(
    presentVersion.inputs,
    version.inputs,
  );
  if (required.length + optional.length === 0) {
    return (
      <p className={styles.hint}>
        {version.version} asks for nothing new; your inputs are kept.
      </p>
    );
  }
  return (
    <p className={styles.hint}>
      {required.length > 0 && (
        <>
          <strong>
            {version.version} newly needs {required.join(', ')}.
          </strong>{' '}
        </>
      )}
      {optional.length > 0 &&
        `New, and set to its default: ${optional.join(', ')}. `}
      Your other inputs are kept.
    </p>
  );
}
