import { Alert, Link } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { CheckButton } from './CheckButton';
import { CheckProblems } from './CheckProblems';
import styles from './teardownCheck.module.css';

/** Says that its teardown would fail, while somebody can still do something about it. */
export function FailingCheckNote(props: { environment: Environment }) {
  const { environment } = props;
  const { teardownCheck: check } = environment;
  const paths = usePaths();
  if (!check?.failingSince) return null;
  return (
    <Alert
      status="warning"
      icon
      title="Its teardown would fail"
      description={
        <div className={styles.note}>
          <CheckProblems problems={[...check.problems, ...check.cautions]} />
          <p>
            <Link
              href={paths.operation(environment, {
                number: check.operationNumber,
              })}
            >
              Found by a dry run
            </Link>{' '}
            <Moment at={check.checkedAt} inWords />
            {check.toldAt && (
              <>
                ; the owner was told <Moment at={check.toldAt} inWords />
              </>
            )}
            . Nothing was changed.
          </p>
          <div className={styles.row}>
            <CheckButton environment={environment} />
          </div>
        </div>
      }
    />
  );
}
