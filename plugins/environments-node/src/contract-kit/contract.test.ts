import { DriverAbortedError, DriverError } from '../errors';
import { driverContract } from './contract';
import {
  fails,
  FaultBehaviour,
  inOrder,
  makes,
  prints,
} from './faultBehaviours';
import { FaultDriver, FaultScript } from './faultDriver';

// The kit tried on the scripted driver: a contract that this one cannot pass asks for too much.
driverContract({
  name: 'the scripted driver',
  timeoutMs: 5000,
  fixtures: async () => {
    const driver = new FaultDriver();
    const running = new Map<string, () => void>();
    const worksUntilStopped: FaultBehaviour = ({ context }) =>
      new Promise<void>((_resolve, reject) => {
        running.set(context.component.folder, () =>
          reject(new DriverError({ code: 'fault.killed', message: 'Killed' })),
        );
        context.signal.addEventListener('abort', () =>
          reject(new DriverAbortedError('Aborted')),
        );
      });
    const playing = (script: FaultScript, given = { size: 1 }) => ({
      with: given,
      write: async () => {
        driver.script('thing', script);
      },
    });

    return {
      driver,
      good: {
        ...playing({
          outputs: { url: { value: 'http://thing', sensitive: false } },
        }),
        outputs: { url: { value: 'http://thing', sensitive: false } },
        resources: [{ address: 'fault_thing.thing', type: 'fault_thing' }],
        changedWith: { size: 2 },
      },
      bad: {
        ...playing({
          problems: [
            {
              code: 'fault.bad',
              message: 'bad',
              component: 'thing',
              place: { file: 'things/one/main.tf', line: 3 },
            },
          ],
        }),
        place: { file: 'things/one/main.tf', line: 3 },
      },
      failing: {
        ...playing({
          apply: inOrder(makes('half'), fails({ message: 'No room left' })),
        }),
        message: /No room/,
      },
      slow: {
        ...playing({
          apply: inOrder(makes('half'), prints('begun'), worksUntilStopped),
        }),
        begun: /begun/,
      },
      kill: async folder => running.get(folder)?.(),
      state: () => ({
        address: '',
        lockAddress: '',
        unlockAddress: '',
        username: '',
        password: '',
      }),
      freeLock: () => {},
      exists: async name => driver.world.keys().includes(`${name}/thing`),
      cleanUp: async () => {},
    };
  },
});
