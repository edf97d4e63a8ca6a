const TEXT = `Greenroom: environments on demand, inside Backstage

  ./greenroom start [--port N]   bring up the portal (first time: some minutes)
  ./greenroom stop               stop it from another terminal
  ./greenroom worker             one more process for its operations
  ./greenroom reset [--yes]      remove all its data, keep the tools
  ./greenroom doctor             what is here, and what is missing
  ./greenroom test [--quick]     run all checks and tests
  ./greenroom test --only NAME   run one of them; an unknown NAME lists them

Any other command is handed to the command line in packages/cli:
  ./greenroom operations --help  list, show, cancel, confirm, retry, roll back
  ./greenroom logs --help        the log of an operation, also while it runs
  ./greenroom state --help       Terraform states: list, download, restore, rekey
  ./greenroom blueprint --help   begin a blueprint, check it, publish it
  ./greenroom bench --help       Greenroom beside what it stands on
  ./greenroom chaos --help       kills workers under load, and looks what was lost`;

/** `./greenroom help`. */
export async function help({ report }) {
  report.say(TEXT);
  return 0;
}
