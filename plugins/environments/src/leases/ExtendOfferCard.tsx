import { Alert, Button, ButtonLink } from '@backstage/ui';
import {
  EnvironmentLease,
  ExtendOffer,
  formatDurationSeconds,
} from '@greenroom/plugin-environments-common';
import { Announce } from '../feedback/Announce';
import { Failure } from '../feedback/Failure';
import { Card } from '../portal/Card';
import { PageTitle } from '../portal/PageTitle';
import { usePaths } from '../portal/paths';
import { formatExact, momentsInWords } from '../time/format';
import { Moment } from '../time/Moment';
import { useNow } from '../time/useNow';
import styles from './extendOffer.module.css';

/** When it ends, what goes then, and when it would end with the extension of a link. */
export function ExtendOfferCard(props: {
  offer: ExtendOffer;
  /** After the extension. */
  extended?: EnvironmentLease;
  failure: unknown;
  isPending: boolean;
  onExtend: () => void;
}) {
  const { offer, extended, failure, isPending, onExtend } = props;
  const { environmentName: name, problem } = offer;
  const paths = usePaths();
  const now = useNow(15_000);
  const amount = formatDurationSeconds(offer.seconds);
  const done = extended?.expiresAt;
  return (
    <>
      <PageTitle
        title={`Extend ${name}`}
        answer={
          done ? (
            <>
              It is extended by {amount} and ends <End at={done} />.
            </>
          ) : (
            <Present offer={offer} />
          )
        }
      />
      <Announce text={done ? `${name} is extended` : ''} />
      <Card className={styles.offer}>
        {!done && problem && (
          <Alert
            status="warning"
            icon
            title={momentsInWords(problem.message, { now })}
            description={problem.remedy}
          />
        )}
        {!done && Boolean(failure) && (
          <Failure error={failure} what={`${name} was not extended`} />
        )}
        {!done && <Lost offer={offer} />}
        {!done && offer.expiresAfter && (
          <p>
            With {amount} more it ends <End at={offer.expiresAfter} />.
          </p>
        )}
        <div className={styles.actions}>
          {!done && !problem && (
            <Button variant="primary" isPending={isPending} onPress={onExtend}>
              {`Extend by ${amount}`}
            </Button>
          )}
          <ButtonLink
            variant="secondary"
            href={paths.environmentById(offer.environmentId, name)}
          >
            {`Show ${name}`}
          </ButtonLink>
        </div>
      </Card>
    </>
  );
}

function Present({ offer }: { offer: ExtendOffer }) {
  const { expiresAt, reason, onExpiry } = offer;
  if (!expiresAt) return <>It does not end: {reason}.</>;
  return (
    <>
      It ends <End at={expiresAt} />: {reason}. Then it is{' '}
      {onExpiry === 'pause' ? 'paused, and destroyed later' : 'destroyed'}.
    </>
  );
}

function Lost({ offer }: { offer: ExtendOffer }) {
  if (offer.components.length === 0) return null;
  return (
    <div>
      <h3 className={styles.heading}>What is lost at its end</h3>
      <ul className={styles.lost}>
        {offer.components.map(({ id, resources }) => (
          <li key={id}>
            {id}: {resources} {resources === 1 ? 'resource' : 'resources'}, with
            all data in {resources === 1 ? 'it' : 'them'}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** In words, and exact for everybody. */
function End({ at }: { at: string }) {
  return (
    <>
      <strong>
        <Moment at={at} inWords />
      </strong>{' '}
      ({formatExact(at, 'UTC')})
    </>
  );
}
