import { decideSleep, SleepFacts } from './decide';

const RUNNING: SleepFacts = {
  state: 'running',
  pausable: true,
  asleepByItself: false,
  inGrace: false,
};

describe('a schedule', () => {
  it.each<[string, 'sleep' | 'wake', Partial<SleepFacts>, object]>([
    ['pauses what runs', 'sleep', {}, { move: 'pause' }],
    [
      'pauses what runs in part',
      'sleep',
      { state: 'degraded' },
      { move: 'pause' },
    ],
    [
      'leaves alone what sleeps already',
      'sleep',
      { state: 'paused' },
      { move: 'leave' },
    ],
    [
      'can not pause what failed',
      'sleep',
      { state: 'failed' },
      { move: 'miss', reason: 'it is failed' },
    ],
    [
      'can not pause what has no pause',
      'sleep',
      { pausable: false },
      { move: 'miss', reason: 'none of its components can be paused' },
    ],
    [
      'wakes what it let sleep',
      'wake',
      { state: 'paused', asleepByItself: true },
      { move: 'resume' },
    ],
    [
      'leaves paused what is in the grace before its end',
      'wake',
      { state: 'paused', asleepByItself: true, inGrace: true },
      { move: 'leave' },
    ],
    [
      'leaves paused what somebody has paused',
      'wake',
      { state: 'paused' },
      { move: 'leave' },
    ],
    [
      'leaves alone what was woken before',
      'wake',
      { asleepByItself: true },
      { move: 'leave' },
    ],
  ])('%s', (_name, kind, facts, decision) => {
    expect(decideSleep({ kind }, { ...RUNNING, ...facts })).toEqual(decision);
  });
});
