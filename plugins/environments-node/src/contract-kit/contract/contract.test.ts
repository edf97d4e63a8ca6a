import { DriverAbortedError, DriverError } from '../../errors';
import {
  byAttempt,
  fails,
  FaultBehaviour,
  FaultDriver,
  FaultScript,
  inOrder,
  makes,
  prints,
} from '../fault';
import { driverContract } from './contract';

// The kit tried on the scripted driver: a contract that this one cannot pass asks for too much.
driverContract({
  name: 'the scripted driver',
  heedsFence: true,
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
    const playing = (script: FaultScript, given = {}) => ({
      with: { size: 1, ...given },
      write: async () => {
        driver.script('thing', script);
      },
    });
    const outputs = { url: { value: 'http://thing', sensitive: false } };
    const problem = {
      code: 'fault.bad',
      message: 'bad',
      component: 'thing',
      place: { file: 'things/one/main.tf', line: 3 },
    };

    return {
      driver,
      good: {
        ...playing({ outputs }),
        outputs,
        resources: [{ address: 'fault_thing.thing', type: 'fault_thing' }],
        changedWith: { size: 2 },
        changed: {
          address: 'fault_thing.thing',
          path: 'size',
          before: 1,
          after: 2,
        },
      },
      secret: {
        ...playing({ sensitive: ['password'] }, { password: 'hunter2' }),
        path: 'password',
        value: 'hunter2',
      },
      bad: {
        ...playing({ problems: [problem], plan: fails(problem) }),
        place: problem.place,
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
        made: 'half',
      },
      stubborn: {
        ...playing({
          destroy: byAttempt(inOrder(prints('begun'), worksUntilStopped)),
        }),
        begun: /begun/,
        hurry: async () => {},
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
      drift: async name =>
        driver.world.drift(name, 'thing', 'fault_thing.thing', { size: 9 }),
      look: async () =>
        driver.world
          .everything()
          .map(({ address, attributes }) => ({ address, attributes })),
      cleanUp: async () => {},
    };
  },
});
