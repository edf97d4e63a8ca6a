import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { FleetMove, FleetUpgrade } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { ReasonDialog } from '../change/ReasonDialog';
import { moveWords } from './words';
import styles from './fleet.module.css';

/** Pause or resume, and abort; what can't be done now says why. */
export function FleetActions({ upgrade }: { upgrade: FleetUpgrade }) {
  const api = useApi(environmentsApiRef);
  const [asking, setAsking] = useState<FleetMove['move']>();
  const over = ['completed', 'aborted'].includes(upgrade.state);
  if (over) return null;
  // Of pause and resume only one has any sense at a time.
  const usual = upgrade.state === 'running' ? 'pause' : 'resume';
  const moves = upgrade.moves.filter(
    ({ move }) => move === usual || move === 'abort',
  );
  const reasons = new Set(moves.flatMap(({ reason }) => reason ?? []));
  const words = asking && moveWords(asking, upgrade);
  return (
    <>
      {[...reasons].map(reason => (
        <span key={reason} id="fleet-blocked" className={styles.quietOnPage}>
          {reason}
        </span>
      ))}
      {moves.map(({ move, allowed }) => (
        <Button
          key={move}
          variant="secondary"
          isDisabled={!allowed}
          aria-describedby={allowed ? undefined : 'fleet-blocked'}
          onPress={() => setAsking(move)}
        >
          {`${moveWords(move, upgrade).verb}…`}
        </Button>
      ))}
      {asking && words && (
        <ReasonDialog
          title={`${words.verb} this fleet upgrade`}
          keep={words.keep}
          destructive={asking === 'abort'}
          notDone={words.notDone}
          onAct={reason => api.fleet[asking](upgrade.id, { reason })}
          onClose={() => setAsking(undefined)}
        >
          <p>{words.consequence}</p>
        </ReasonDialog>
      )}
    </>
  );
}
