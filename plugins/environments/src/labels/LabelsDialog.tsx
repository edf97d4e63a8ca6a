import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import {
  Environment,
  labelCountProblem,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { environmentsApiRef } from '../api';
import { problemText } from '../create/problems';
import { keys } from '../data/keys';
import { Failure } from '../feedback/Failure';
import {
  checkLabel,
  draftOf,
  enteredIn,
  errorIn,
  labelChanges,
  labelsOf,
  labelTexts,
} from './draft';
import { LabelsField } from './LabelsField';
import styles from '../change/change.module.css';

/** Changes the labels that differ from those it was opened with, and leaves all others alone. */
export function LabelsDialog(props: {
  environment: Environment;
  act: string;
  onClose: () => void;
}) {
  const { act, onClose } = props;
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  // What somebody else changes meanwhile is none of the caller's changes.
  const [{ id, name, labels: before }] = useState(props.environment);
  const [draft, setDraft] = useState(() => draftOf(labelTexts(before)));
  const next = labelsOf(enteredIn(draft, checkLabel));
  const changes = labelChanges(before, next);
  const tooMany = labelCountProblem(next);
  const save = useMutation({
    mutationFn: () => api.changeLabels(id, { labels: changes }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keys.live });
      onClose();
    },
  });
  return (
    <Dialog width={520} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{`${act} of ${name}`}</DialogHeader>
      <DialogBody>
        {save.isError && (
          <Failure error={save.error} what="The labels were not changed" />
        )}
        <div className={styles.asked}>
          <LabelsField
            label="Label"
            description="A key and a value, to find it and to upgrade it with others. Nothing that runs changes."
            draft={draft}
            check={checkLabel}
            error={tooMany && problemText(tooMany)}
            onChange={setDraft}
          />
        </div>
      </DialogBody>
      <DialogFooter className={styles.footer}>
        <Button variant="secondary" slot="close">
          Leave them as they are
        </Button>
        <Button
          variant="primary"
          isDisabled={
            Object.keys(changes).length === 0 ||
            errorIn(draft, checkLabel) !== undefined ||
            tooMany !== undefined
          }
          isPending={save.isPending}
          onPress={() => save.mutate()}
        >
          Save labels
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
