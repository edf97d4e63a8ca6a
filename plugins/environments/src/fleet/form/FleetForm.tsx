import { useApi } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, NumberField, TextField } from '@backstage/ui';
import { ProblemsError } from '@greenroom/plugin-environments-common';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { environmentsApiRef } from '../../api';
import { OtherProblems } from '../../create/OtherProblems';
import { createKey } from '../../data/createKey';
import { Failure } from '../../feedback/Failure';
import { Card } from '../../portal/Card';
import { usePaths } from '../../portal/paths';
import { FleetDraft, missingIn, newDraft, toRequest } from './draft';
import { NeededInputs } from './NeededInputs';
import { PreviewCard } from './PreviewCard';
import { SelectionFields } from './SelectionFields';
import { WavesField } from './WavesField';
import { WindowsField } from './WindowsField';
import formStyles from '../../create/create.module.css';
import styles from '../fleet.module.css';

/** Stands for the reason while somebody only looks. */
const LOOKING = 'Only a preview';

/** The form, beside it the preview, and below what is to be done with both. */
export function FleetForm() {
  const api = useApi(environmentsApiRef);
  const paths = usePaths();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const [draft, setDraft] = useState(() =>
    newDraft(parameters.get('blueprint') ?? ''),
  );
  const [idempotencyKey] = useState(createKey);
  /** The draft that the preview was made of; another one needs another preview. */
  const [seen, setSeen] = useState<FleetDraft>();
  const preview = useMutation({
    mutationFn: (of: FleetDraft) =>
      api.fleet.preview({ ...toRequest(of), reason: LOOKING }),
    onSuccess: (_, of) => setSeen(of),
  });
  const begin = useMutation({
    mutationFn: () => api.fleet.create(toRequest(draft), { idempotencyKey }),
    onSuccess: ({ id }) => navigate(paths.fleetUpgrade(id)),
  });
  const change = (part: Partial<FleetDraft>) =>
    setDraft(before => ({ ...before, ...part }));

  const error = begin.error ?? preview.error;
  const problems = error instanceof ProblemsError ? error.problems : [];
  const missing = missingIn(draft);
  const blocked = missing ?? blockedBegin(draft, seen, preview.data?.waves);
  return (
    <>
      {error && problems.length === 0 && (
        <Failure error={error} what="No fleet upgrade was begun" />
      )}
      <OtherProblems problems={problems} />
      <div className={styles.columns}>
        <div className={styles.fields}>
          <SelectionFields draft={draft} onChange={change} />
          <WavesField
            waves={draft.waves}
            onChange={waves => change({ waves })}
          />
          <div className={styles.pair}>
            <NumberField
              label="At once"
              description="Environments under way at the same time."
              minValue={1}
              maxValue={100}
              value={draft.concurrency}
              onChange={concurrency =>
                change({ concurrency: concurrency || 1 })
              }
            />
            <NumberField
              label="Failures that may be"
              description="The next one stops it."
              minValue={0}
              maxValue={1000}
              value={draft.failureBudget}
              onChange={budget => change({ failureBudget: budget || 0 })}
            />
          </div>
          <WindowsField
            windows={draft.windows}
            onChange={windows => change({ windows })}
          />
          <NeededInputs
            draft={draft}
            preview={preview.data}
            onChange={inputs => change({ inputs })}
          />
          <TextField
            label="Reason"
            secondaryLabel="Required"
            description="Stands on the record, and with each operation."
            isRequired
            value={draft.reason}
            onChange={reason => change({ reason })}
          />
        </div>
        <div className={styles.side} aria-live="polite">
          {preview.data ? (
            <PreviewCard preview={preview.data} />
          ) : (
            <Card title="Preview">
              <p className={styles.quiet}>
                The preview says who would come in which wave, and who would be
                set aside and why. It changes nothing.
              </p>
            </Card>
          )}
        </div>
      </div>
      <div className={formStyles.bar}>
        <span id="fleet-blocked" className={formStyles.barText}>
          {blocked}
        </span>
        <ButtonLink href={paths.fleetUpgrades()} variant="tertiary">
          Leave all as they are
        </ButtonLink>
        <Button
          variant="secondary"
          isDisabled={missing !== undefined}
          isPending={preview.isPending}
          onPress={() => preview.mutate(draft)}
        >
          Show the preview
        </Button>
        <Button
          isDisabled={blocked !== undefined}
          aria-describedby={blocked ? 'fleet-blocked' : undefined}
          isPending={begin.isPending}
          onPress={() => begin.mutate()}
        >
          {beginText(preview.data?.waves)}
        </Button>
      </div>
    </>
  );
}

type Waves = { environments: number }[];

/** Why it can't be begun yet. */
function blockedBegin(
  draft: FleetDraft,
  seen: FleetDraft | undefined,
  waves: Waves = [],
): string | undefined {
  if (!seen) return 'Look at the preview first.';
  // The reason changes nothing of what happens.
  if (!isSame(seen, draft)) {
    return 'The preview is of something else: look at it again.';
  }
  if (waves.length === 0) return 'No environment would be upgraded.';
  return draft.reason.trim() === '' ? 'Give a reason.' : undefined;
}

function isSame(one: FleetDraft, other: FleetDraft): boolean {
  const text = (draft: FleetDraft) => JSON.stringify({ ...draft, reason: '' });
  return text(one) === text(other);
}

function beginText(waves: Waves = []): string {
  const total = waves.reduce((sum, wave) => sum + wave.environments, 0);
  if (total === 0) return 'Upgrade them';
  return `Upgrade ${total} ${total === 1 ? 'environment' : 'environments'}`;
}
