import { DriverLogLine } from '@greenroom/plugin-environments-node';
import { TerraformEvent } from '@greenroom/plugin-terraform-node';
import { isOfModule } from './problems';

/** Seven lines of what to type next, for people at a terminal. */
const CLOSING_WORDS = 'output_init_success_cli_message';

/** What an event says to people: no line, one, or several. */
export function logLines(
  event: TerraformEvent,
  stream: 'stdout' | 'stderr',
): DriverLogLine[] {
  const text = textOf(event);
  // What comes on stderr is never part of a run that goes well: crashes, for the most part.
  const level =
    stream === 'stderr' && event.level === 'info' ? 'warning' : event.level;
  return text
    .split('\n')
    .filter(line => line.trim())
    .map(line => ({ stream, level, text: line }));
}

function textOf(event: TerraformEvent): string {
  if (event.type === 'init_output' && event.code === CLOSING_WORDS) return '';
  if (event.type !== 'diagnostic') return event.message;
  const { range, detail } = event.diagnostic;
  const place =
    range && isOfModule(range.filename)
      ? ` (${range.filename}:${range.start.line})`
      : '';
  return `${event.message}${place}\n${detail ?? ''}`;
}
