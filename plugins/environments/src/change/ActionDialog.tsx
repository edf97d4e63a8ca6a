import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { KeyedOptions, Operation } from '@greenroom/plugin-environments-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReactNode, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { createKey } from '../data/createKey';
import { rememberOperation } from '../data/rememberOperation';
import { Failure } from '../feedback/Failure';
import { usePaths } from '../portal/paths';
import styles from './change.module.css';

/** How somebody wants it done. */
export interface Asked {
  reason?: string;
  dryRun?: boolean;
  confirm?: boolean;
  whenBusy?: 'queue';
}

export interface ActionDialogProps {
  /** Says what it does to what: `Pause shop-demo`. */
  title: string;
  /** On the button; the title when absent. */
  act?: string;
  keep: string;
  destructive?: boolean;
  reason: 'none' | 'optional' | 'required';
  /** It makes a plan, which may be looked at before, or waited with. */
  plans?: boolean;
  /** The operation that is in the way; it can only be queued behind that one. */
  behind?: string;
  /** To begin a sentence with, when it is refused: `shop-demo was not paused`. */
  notDone: string;
  /** What will happen. */
  children: ReactNode;
  /** The keys hold while the dialog is open: pressing again after a lost answer does nothing twice. */
  onAct: (asked: Asked, keyed: KeyedOptions) => Promise<Operation>;
}

/** Tells the consequence, asks how, does it, and leads to the operation that does it. */
export function ActionDialog(
  props: ActionDialogProps & {
    isOpen?: boolean;
    onOpenChange?: (open: boolean) => void;
  },
) {
  const { isOpen, onOpenChange, ...content } = props;
  return (
    <Dialog width={520} isOpen={isOpen} onOpenChange={onOpenChange}>
      <Content {...content} onDone={() => onOpenChange?.(false)} />
    </Dialog>
  );
}

function Content(props: ActionDialogProps & { onDone: () => void }) {
  const { title, act = title, plans, behind } = props;
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState(false);
  const [queue, setQueue] = useState(false);
  const [key] = useState(createKey);
  const action = useAction(
    (wanted: Asked) =>
      props.onAct(wanted, {
        // A plan and what it is the plan of are two operations.
        idempotencyKey: `${key}-${wanted.dryRun ? 'plan' : 'act'}`,
      }),
    props.onDone,
  );
  const asked: Asked = {
    reason: reason.trim() || undefined,
    confirm: confirm || undefined,
    whenBusy: queue ? 'queue' : undefined,
  };
  const blocked =
    (props.reason === 'required' && !asked.reason) ||
    (behind !== undefined && !queue);

  return (
    <>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        {action.isError && (
          <Failure error={action.error} what={props.notDone} />
        )}
        <div className={styles.consequence}>{props.children}</div>
        <div className={styles.asked}>
          {behind && (
            <Checkbox isSelected={queue} onChange={setQueue}>
              {`Queue behind ${behind}, which is under way`}
            </Checkbox>
          )}
          {plans && (
            <Checkbox isSelected={confirm} onChange={setConfirm}>
              Wait for my word before applying
            </Checkbox>
          )}
          {props.reason !== 'none' && (
            <TextField
              label="Reason"
              secondaryLabel={
                props.reason === 'required' ? 'Required' : 'Optional'
              }
              description="Stands on the record."
              isRequired={props.reason === 'required'}
              value={reason}
              onChange={setReason}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter className={styles.footer}>
        <Button variant="secondary" slot="close">
          {props.keep}
        </Button>
        {plans && (
          <Button
            variant="secondary"
            isDisabled={behind !== undefined && !queue}
            isPending={action.isPending && action.variables.dryRun}
            onPress={() =>
              action.mutate({ ...asked, confirm: undefined, dryRun: true })
            }
          >
            Show the plan first
          </Button>
        )}
        <Button
          variant="primary"
          destructive={props.destructive}
          isDisabled={blocked}
          isPending={action.isPending && !action.variables.dryRun}
          onPress={() => action.mutate(asked)}
        >
          {act}
        </Button>
      </DialogFooter>
    </>
  );
}

/** Does something that answers with an operation, and leads to its page. */
export function useAction<T>(
  act: (asked: T) => Promise<Operation>,
  onDone?: () => void,
) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const paths = usePaths();
  const { pathname } = useLocation();
  return useMutation({
    mutationFn: act,
    onSuccess: operation => {
      rememberOperation(client, operation);
      onDone?.();
      const path = paths.operationOf(operation);
      if (!path.startsWith(`${pathname}?`)) navigate(path);
    },
  });
}
