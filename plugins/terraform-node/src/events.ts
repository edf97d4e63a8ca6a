import { stripVTControlCharacters } from 'node:util';

/** Where in the configuration a diagnostic points. Paths are relative to the folder of the run. */
export interface TerraformRange {
  filename: string;
  start: { line: number; column: number };
}

export interface TerraformDiagnostic {
  severity: 'error' | 'warning';
  summary: string;
  detail: string;
  /** Address of the resource that it is about. */
  address?: string;
  range?: TerraformRange;
}

export interface TerraformResourceChange {
  resource: { addr: string; resource_type: string };
  action: string;
  reason?: string;
}

export interface TerraformHook {
  resource: {
    addr: string;
    resource_type: string;
    /** Local name of the provider: `aws`; `terraform` for what is built in. */
    implied_provider?: string;
  };
  action: string;
  /** In `apply_complete`: the attribute that names the thing, and its value. */
  id_key?: string;
  id_value?: string;
  elapsed_seconds?: number;
}

interface Said {
  level: 'info' | 'warning' | 'error';
  /** The line as people read it. */
  message: string;
}

/**
 * One line of the tool's `-json` output. Kinds that nobody here asks for arrive as `log`,
 * and lines that are no JSON (both tools print some between) as `text`.
 */
export type TerraformEvent = Said &
  (
    | { type: 'text' | 'log' | 'version' | 'outputs' }
    | {
        type: 'init_output';
        /** Which of its sentences this is. */
        code: string;
      }
    | {
        type: 'planned_change' | 'resource_drift';
        change: TerraformResourceChange;
      }
    | {
        type:
          'apply_start' | 'apply_progress' | 'apply_complete' | 'apply_errored';
        hook: TerraformHook;
      }
    | { type: 'diagnostic'; diagnostic: TerraformDiagnostic }
    | {
        type: 'change_summary';
        changes: { add: number; change: number; remove: number };
      }
  );

const LEVELS: Record<string, Said['level']> = {
  warn: 'warning',
  error: 'error',
};

/** Reads one line; undefined for an empty one. */
export function readEvent(line: string): TerraformEvent | undefined {
  // Some lines are coloured in spite of `-json` and `-no-color`.
  const text = stripVTControlCharacters(line).trim();
  if (!text) return undefined;
  const parsed = parseObject(text);
  if (!parsed || typeof parsed['@message'] !== 'string')
    return { type: 'text', level: 'info', message: text };

  const said: Said = {
    level: LEVELS[String(parsed['@level'])] ?? 'info',
    message: parsed['@message'],
  };
  switch (parsed.type) {
    case 'version':
    case 'outputs':
      return { ...said, type: parsed.type };
    case 'init_output':
      return {
        ...said,
        type: parsed.type,
        code: String(parsed.message_code),
      };
    case 'planned_change':
    case 'resource_drift':
      return {
        ...said,
        type: parsed.type,
        change: parsed.change as TerraformResourceChange,
      };
    case 'apply_start':
    case 'apply_progress':
    case 'apply_complete':
    case 'apply_errored':
      return { ...said, type: parsed.type, hook: parsed.hook as TerraformHook };
    case 'diagnostic':
      return {
        ...said,
        type: parsed.type,
        diagnostic: parsed.diagnostic as TerraformDiagnostic,
      };
    case 'change_summary':
      return {
        ...said,
        type: parsed.type,
        changes: parsed.changes as {
          add: number;
          change: number;
          remove: number;
        },
      };
    default:
      return { ...said, type: 'log' };
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
