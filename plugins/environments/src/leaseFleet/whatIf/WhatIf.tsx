import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Skeleton } from '@backstage/ui';
import { leaseSimulatePermission } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { Failure } from '../../feedback/Failure';
import { Notice } from '../../feedback/Notice';
import { LeaseFilters, toSelection } from '../filters';
import { Simulation } from './Simulation';
import { RuleList } from './RuleList';
import { toRules, TriedRule } from './rules';
import { useConfiguredRules, useSimulation } from './queries';
import styles from './whatIf.module.css';

/** Tries other rules on the leases that there are; changes nothing. */
export function WhatIf({ filters }: { filters: LeaseFilters }) {
  const { allowed, loading } = usePermission({
    permission: leaseSimulatePermission,
  });
  const configured = useConfiguredRules(allowed);
  if (!loading && !allowed) {
    return (
      <Notice title="Only some may try other rules">
        It takes the permission environments.lease.simulate, by default the
        admins&apos;. Ask the operators of this portal for it, or to try a rule
        for you.
      </Notice>
    );
  }
  if (configured.error && !configured.data) {
    return (
      <Failure
        error={configured.error}
        what="The rules could not be read"
        onRetry={configured.refetch}
      />
    );
  }
  if (!configured.data) return <Skeleton width="100%" height={240} />;
  const rules = configured.data.rules.map(rule => ({
    rule,
    configured: rule,
  }));
  return <Trial configured={rules} filters={filters} />;
}

function Trial(props: { configured: TriedRule[]; filters: LeaseFilters }) {
  const { configured, filters } = props;
  const [tried, setTried] = useState(configured);
  const [asked, setAsked] = useState<TriedRule[]>();
  const request = asked && {
    ...toSelection(filters),
    rules: toRules(asked),
  };
  const simulation = useSimulation(request);
  return (
    <>
      <p className={styles.lead}>
        Change the rules here, and see what they would have come to for the
        environments above. <strong>Nothing is changed by it</strong>: rules
        hold once they are in the portal&apos;s configuration, for what is
        granted and extended from then on.
      </p>
      <RuleList tried={tried} onChange={setTried} />
      <div className={styles.act}>
        <Button
          variant="primary"
          isPending={simulation.isFetching}
          onPress={() => setAsked(tried)}
        >
          See what would be
        </Button>
        {asked && asked !== tried && (
          <span role="status" className={styles.quiet}>
            The rules were changed since; what is below is of those before.
          </span>
        )}
      </div>
      {simulation.error && (
        <Failure
          error={simulation.error}
          what="These rules could not be tried"
        />
      )}
      {simulation.data && !simulation.error && request && (
        <Simulation simulation={simulation.data} request={request} />
      )}
      {simulation.isLoading && <Skeleton width="100%" height={240} />}
    </>
  );
}
