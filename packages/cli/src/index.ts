import { main } from './main';
import { addPortalCommands } from './program';

main(addPortalCommands);
