import { ChangeKind } from './blocked';

/** What the dialog of a change says, of an environment by name. */
export interface ChangeWords {
  verb: string;
  keep: (name: string) => string;
  notDone: (name: string) => string;
  /** What will happen, and what is kept. */
  consequence: string;
}

export type DialogChange = Exclude<ChangeKind, 'update' | 'upgrade'>;

export const CHANGES: Record<DialogChange, ChangeWords> = {
  pause: {
    verb: 'Pause',
    keep: name => `Leave ${name} running`,
    notDone: name => `${name} was not paused`,
    consequence:
      'Components that the blueprint can pause are scaled down; their data stays. It can’t be used until it is resumed, and its time goes on.',
  },
  resume: {
    verb: 'Resume',
    keep: name => `Leave ${name} as it is`,
    notDone: name => `${name} was not resumed`,
    consequence: 'Paused components are started again with their data.',
  },
  remediate: {
    verb: 'Remediate',
    keep: name => `Leave ${name} as it is`,
    notDone: name => `${name} was not remediated`,
    consequence:
      'Everything is planned again and made as it was declared: changes that somebody made by hand are undone.',
  },
  adopt: {
    verb: 'Adopt what is there in',
    keep: name => `Leave ${name} as it is`,
    notDone: name => `${name} was not adopted`,
    consequence:
      'What there really is now counts as what was meant: the record is brought up to date, and no resource is changed.',
  },
  destroy: {
    verb: 'Destroy',
    keep: name => `Keep ${name}`,
    notDone: name => `${name} was not destroyed`,
    consequence: '',
  },
};
