import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
  TextField,
} from '@backstage/ui';
import {
  BulkAction,
  BulkFilter,
  BulkRequest,
} from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { Failure } from '../feedback/Failure';
import { BulkItems } from './BulkItems';
import { LengthChoice, LengthSelect } from './LengthSelect';
import { useBulkPreview, useChangeMany } from './useChangeMany';
import { BULK_WORDS, environmentsText, typedWord } from './words';
import changeStyles from '../change/change.module.css';
import styles from './bulk.module.css';

/** Which environments somebody means. */
export type BulkTarget = { ids: string[] } | { filter: BulkFilter };

/** Says of each what would come of it, asks what it needs to know, does it, and says what came of each. */
export function BulkDialog(props: {
  action: BulkAction;
  target: BulkTarget;
  onClose: (done: boolean) => void;
}) {
  const { action, target, onClose } = props;
  const { verb, consequence, done } = BULK_WORDS[action];
  const [length, setLength] = useState<LengthChoice>({});
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const request: BulkRequest = { action, ...length, ...target };
  const isReady = action !== 'hold' || length.until !== undefined;
  const preview = useBulkPreview(request, isReady);
  const { change, items } = useChangeMany();

  const fit = (preview.data?.items ?? []).filter(({ problem }) => !problem);
  const refused = preview.data?.refused ?? 0;
  const word = typedWord(action, fit.length);
  const act = `${verb} ${environmentsText(fit.length)}`;
  const over = change.isSuccess;
  const failed = items.filter(({ problem }) => problem).length;
  return (
    <Dialog
      width={640}
      isOpen
      onOpenChange={open => !open && onClose(items.length > 0)}
    >
      <DialogHeader>{preview.data ? act : `${verb} environments`}</DialogHeader>
      <DialogBody>
        {change.isError && (
          <Failure
            error={change.error}
            what={`After ${items.length} of ${fit.length} it went no further`}
          />
        )}
        {preview.isError && (
          <Failure
            error={preview.error}
            what="What would come of them could not be found out"
            onRetry={preview.refetch}
          />
        )}
        <p aria-live="polite" className={styles.answer}>
          {over
            ? `${environmentsText(items.length - failed)} ${done}${failed > 0 ? `, ${failed} refused` : ''}.`
            : consequence}
          {!over && refused > 0 && ` ${refused} refused, and left as they are.`}
          {change.isPending && ` ${items.length} of ${fit.length} done.`}
        </p>
        {!over && (
          <div className={changeStyles.asked}>
            <LengthSelect action={action} onChange={setLength} />
            <TextField
              label="Reason"
              secondaryLabel={action === 'hold' ? 'Required' : 'Optional'}
              description="Stands on the record of each."
              isRequired={action === 'hold'}
              value={reason}
              onChange={setReason}
            />
          </div>
        )}
        {preview.isFetching ? (
          <Skeleton width="100%" height={240} />
        ) : (
          <BulkItems
            action={action}
            items={over ? items : (preview.data?.items ?? [])}
            label={over ? 'What came of each' : 'What would come of each'}
          />
        )}
        {word && !over && (
          <div className={changeStyles.asked}>
            <TextField
              label={`Type “${word}” to go on`}
              value={typed}
              onChange={setTyped}
            />
          </div>
        )}
      </DialogBody>
      <DialogFooter className={changeStyles.footer}>
        <Button variant="secondary" slot="close">
          {over ? 'Close' : 'Leave them as they are'}
        </Button>
        {!over && (
          <Button
            variant="primary"
            destructive={action === 'destroy'}
            isDisabled={
              fit.length === 0 ||
              preview.isFetching ||
              (action === 'hold' && reason.trim() === '') ||
              (word !== undefined && typed.trim() !== word)
            }
            isPending={change.isPending}
            onPress={() =>
              change.mutate({
                request: {
                  action,
                  ...length,
                  reason: reason.trim() || undefined,
                },
                ids: fit.map(({ environmentId }) => environmentId),
              })
            }
          >
            {act}
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
