import { Command } from 'commander';
import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { connect, connectionOf } from './connect';

/** What commands talk to, beside the portal. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  /** A line of the answer. */
  say(text: string): void;
  /** A piece of the answer, as it is. */
  write(bytes: Uint8Array): void;
  /** What is not the answer: progress, remarks. */
  remark(text: string): void;
}

export interface PortalOptions {
  as?: string;
  json?: boolean;
}

/** What the action of a command works with. */
export interface Portal<Options> {
  client: EnvironmentsClient;
  options: Options & PortalOptions;
  terminal: Terminal;
  /** The whole answer: as JSON when that was asked for, else in words. */
  answer(value: unknown, words: () => string): void;
}

/** Lets a command call a portal: signs in and knows --json. */
export function onPortal<Options extends object = object>(
  command: Command,
  terminal: Terminal,
  action: (portal: Portal<Options>, ...args: string[]) => Promise<void>,
): void {
  command
    .option('--as <person>', 'a sample person of a portal on this machine')
    .option('--json', 'answer for programs')
    .action(async (...given) => {
      const args: string[] = given.slice(0, -2);
      const options: Options & PortalOptions = given.at(-2);
      const client = await connect(connectionOf(terminal.env, options));
      const answer = (value: unknown, words: () => string) =>
        terminal.say(options.json ? JSON.stringify(value, null, 2) : words());
      await action({ client, options, terminal, answer }, ...args);
    });
}
