import { addBenchCommand } from './bench/command';
import { addChaosCommand } from './chaos/command';
import { main } from './main';

// Apart from the commands that people wait for: what these load takes most of a second.
main(program => {
  addBenchCommand(program);
  addChaosCommand(program);
});
