import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link } from '@backstage/ui';
import { LeaseBrake } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { entityName } from '../entity/names';
import { usePaths } from '../portal/paths';
import { Moment } from '../time/Moment';
import { useLeaseBrake } from './queries';
import styles from './leaseFleet.module.css';

/** How much more time a postponement from here gives. */
const POSTPONE_BY = '8h';

/** Says that ends wait for an operator's word, and takes it from whoever may say one. */
export function BrakeNote() {
  const { data } = useLeaseBrake();
  const [asking, setAsking] = useState<'release' | 'postpone'>();
  const paths = usePaths();
  const { brake, rights } = data ?? {};
  if (!brake || brake.waiting === 0) return null;
  const what = `${brake.waiting} ${brake.waiting === 1 ? 'environment waits' : 'environments wait'}`;
  return (
    <div role="status" className={styles.brake}>
      <Alert
        status="warning"
        icon
        title={
          <>
            <Link href={paths.leases('waiting')} weight="bold">
              {what}
            </Link>{' '}
            for the word of an operator
          </>
        }
        description={
          <>
            Their time was up in a leap of the clock,{' '}
            <Moment at={brake.since} inWords />: {brake.falling} of{' '}
            {brake.living} at once{ownersText(brake)}. Nothing happens to them
            before {rights?.decide ? 'somebody decides' : 'an operator decides'}
            ; until then they can be extended, which takes them out.
          </>
        }
        customActions={
          rights?.decide ? (
            <>
              <Button variant="secondary" onPress={() => setAsking('postpone')}>
                Postpone…
              </Button>
              <Button variant="secondary" onPress={() => setAsking('release')}>
                Let them end…
              </Button>
            </>
          ) : undefined
        }
      />
      {asking && (
        <WordDialog
          word={asking}
          brake={brake}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}

/** Whose they are, those of most first: `, most of them checkout’s (28)` */
function ownersText({ owners }: LeaseBrake): string {
  const [first] = owners;
  return first
    ? `, most of them of ${entityName(first.owner)} (${first.waiting})`
    : '';
}

function WordDialog(props: {
  word: 'release' | 'postpone';
  brake: LeaseBrake;
  onClose: () => void;
}) {
  const { word, brake, onClose } = props;
  const { id, revision, waiting } = brake;
  const api = useApi(environmentsApiRef);
  const them = waiting === 1 ? '1 environment' : `${waiting} environments`;
  if (word === 'release') {
    return (
      <ReasonDialog
        title={`Let ${them} end`}
        keep="Let them wait"
        destructive
        notDone="They were not released"
        onClose={onClose}
        onAct={reason => api.releaseLeaseBrake(id, { reason, revision })}
      >
        <p>
          They are destroyed now, or paused where their blueprint says so first.
        </p>
      </ReasonDialog>
    );
  }
  return (
    <ReasonDialog
      title={`Give ${them} 8 h more`}
      keep="Let them wait"
      notDone="They were not postponed"
      onClose={onClose}
      onAct={reason =>
        api.postponeLeaseBrake(id, { by: POSTPONE_BY, reason, revision })
      }
    >
      <p>Nothing of them falls due for 8 h from now.</p>
    </ReasonDialog>
  );
}
