import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Select,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  Blueprint,
  BlueprintVersionSummary,
  EnvironmentsApi,
} from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { environmentsApiRef } from '../../api';
import { keys } from '../../data/keys';
import { Failure } from '../../feedback/Failure';
import { VersionMove } from './moves';
import { consequences, moveFailed, moveTitle } from './words';
import styles from '../../change/change.module.css';

const NONE = { id: 'none', label: 'None' };

/** What is said with a move. */
interface Said {
  reason: string;
  message: string;
  replacement?: string;
}

/** Tells what a move of a version leads to, asks why, and makes it. */
export function MoveDialog(props: {
  move: VersionMove;
  summary: BlueprintVersionSummary;
  blueprint: Blueprint;
  onClose: () => void;
}) {
  const { move, summary, blueprint, onClose } = props;
  const { version, notice } = summary;
  const [said, setSaid] = useState<Said>({
    reason: '',
    message: notice?.message ?? '',
    replacement: notice?.replacement ?? blueprint.recommendedVersion,
  });
  const tells = move === 'deprecate' || move === 'retire';
  const others = blueprint.versionList
    .filter(one => one.status === 'published' && one.version !== version)
    .map(one => one.version);
  const replacement = others.find(one => one === said.replacement);
  const action = useMove(blueprint.name, onClose);
  const change = (part: Partial<Said>) => setSaid({ ...said, ...part });
  const title = moveTitle(move, version);

  return (
    <Dialog width={520} isOpen onOpenChange={open => !open && onClose()}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        {action.isError && (
          <Failure error={action.error} what={moveFailed(move, version)} />
        )}
        <div className={styles.consequence}>
          {consequences(move, summary, blueprint).map(sentence => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <div className={styles.asked}>
          {tells && (
            <>
              <TextAreaField
                label="Message"
                secondaryLabel="Required"
                description="What the users of this version are told."
                isRequired
                maxLength={1000}
                value={said.message}
                onChange={message => change({ message })}
              />
              <Select
                label="Replacement"
                description="The published version to use in its place."
                options={[NONE, ...others.map(id => ({ id, label: id }))]}
                value={replacement ?? NONE.id}
                onChange={key =>
                  change({
                    replacement: key === NONE.id ? undefined : String(key),
                  })
                }
              />
            </>
          )}
          <TextField
            label="Reason"
            secondaryLabel="Required"
            description="Stands on the record."
            isRequired
            value={said.reason}
            onChange={reason => change({ reason })}
          />
        </div>
      </DialogBody>
      <DialogFooter className={styles.footer}>
        <Button variant="secondary" slot="close">
          Leave it as it is
        </Button>
        <Button
          variant="primary"
          destructive={move === 'retire'}
          isDisabled={
            said.reason.trim() === '' || (tells && said.message.trim() === '')
          }
          isPending={action.isPending}
          onPress={() =>
            action.mutate({
              move,
              version,
              said: {
                reason: said.reason.trim(),
                message: said.message.trim(),
                replacement,
              },
            })
          }
        >
          {title}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function useMove(name: string, onDone: () => void) {
  const api = useApi(environmentsApiRef);
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: { move: VersionMove; version: string; said: Said }) =>
      makeMove(api, name, asked),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keys.live });
      client.invalidateQueries({ queryKey: keys.blueprintVersion(name) });
      onDone();
    },
  });
}

function makeMove(
  api: EnvironmentsApi,
  name: string,
  asked: { move: VersionMove; version: string; said: Said },
): Promise<unknown> {
  const { move, version, said } = asked;
  const { reason, message, replacement } = said;
  switch (move) {
    case 'publish':
    case 'restore':
      return api.moveBlueprintVersion(name, version, {
        status: 'published',
        reason,
      });
    case 'deprecate':
    case 'retire':
      return api.moveBlueprintVersion(name, version, {
        status: move === 'retire' ? 'retired' : 'deprecated',
        reason,
        message,
        replacement,
      });
    case 'recommend':
      return api.recommendBlueprintVersion(name, { version, reason });
    case 'highest':
      return api.recommendBlueprintVersion(name, { reason });
    default: {
      const unknown: never = move;
      return unknown;
    }
  }
}
