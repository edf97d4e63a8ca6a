import { Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { CheckButton } from './CheckButton';
import { CheckProblems } from './CheckProblems';
import styles from './teardownCheck.module.css';

/** Whether its teardown would get through, as far as anybody has looked. */
export function TeardownCheckLine(props: { environment: Environment }) {
  const { environment } = props;
  const { teardownCheck: check } = environment;
  const paths = usePaths();
  // That it would fail stands above, with the same button.
  if (check?.failingSince) return null;
  return (
    <>
      <div className={styles.row}>
        {check ? (
          <span>
            Its teardown would get through:{' '}
            {check.removes === 1 ? '1 resource' : `${check.removes} resources`}{' '}
            would go, by a{' '}
            <Link
              href={paths.operation(environment, {
                number: check.operationNumber,
              })}
            >
              dry run
            </Link>{' '}
            <Moment at={check.checkedAt} inWords />.
          </span>
        ) : (
          <span>
            Its teardown has not been checked yet; it is before its end.
          </span>
        )}
        <CheckButton environment={environment} />
      </div>
      {check && <CheckProblems problems={check.cautions} />}
    </>
  );
}
