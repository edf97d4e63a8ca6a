import { useApi } from '@backstage/frontend-plugin-api';
import { LogLine } from '@greenroom/plugin-environments-common';
import { useEffect, useState } from 'react';
import { environmentsApiRef } from '../api';

/** Lines arrive in bursts; the page is drawn at most this often. */
const DRAW_MS = 100;

export interface OperationLog {
  lines: readonly LogLine[];
  ended: boolean;
  error?: unknown;
}

const EMPTY: OperationLog = { lines: [], ended: false };

/** The log of an operation from its first line on, growing while it runs. */
export function useOperationLog(operationId: string): OperationLog {
  const api = useApi(environmentsApiRef);
  const [log, setLog] = useState(EMPTY);

  useEffect(() => {
    const reader = new AbortController();
    let arrived: LogLine[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      clearTimeout(timer);
      timer = undefined;
      if (reader.signal.aborted || arrived.length === 0) return;
      const lines = arrived;
      arrived = [];
      setLog(before => ({ ...before, lines: [...before.lines, ...lines] }));
    };

    setLog(EMPTY);
    api
      .streamLogs(operationId, {
        signal: reader.signal,
        onLine: line => {
          arrived.push(line);
          timer ??= setTimeout(draw, DRAW_MS);
        },
        onEnd: () => {
          draw();
          setLog(before => ({ ...before, ended: true }));
        },
      })
      .catch(error => {
        draw();
        if (!reader.signal.aborted) setLog(before => ({ ...before, error }));
      });

    return () => {
      reader.abort();
      clearTimeout(timer);
    };
  }, [api, operationId]);

  return log;
}
