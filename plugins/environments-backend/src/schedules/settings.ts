import { Config } from '@backstage/config';
import {
  BlueprintScheduleSpec,
  HolidayCheck,
  scheduleFaults,
} from '@greenroom/plugin-environments-common';
import { sha256 } from '../digest';
import {
  EnvironmentMatch,
  matches,
  readMatch,
  RuleSubject,
} from '../environments/match';
import { requireKnown } from '../settingKeys';

/** Whose environments sleep when, where their blueprint does not say. */
export interface ScheduleRule {
  match: EnvironmentMatch;
  schedule: BlueprintScheduleSpec;
}

export interface ScheduleSettings {
  rules: ScheduleRule[];
  /** Days by the name of their calendar, written `2026-12-25`. */
  calendars: Map<string, Set<string>>;
}

/** What a schedule was taken from. */
export interface ResolvedSchedule {
  schedule: BlueprintScheduleSpec;
  /** `blueprint`, or the rule in the configuration. */
  rule: string;
}

const SETTING = 'environments.schedules';
const KEYS = ['match', 'sleep', 'wake', 'timeZone', 'holidays'];

/** @throws Error that names the setting and what to write there */
export function readScheduleSettings(config: Config): ScheduleSettings {
  const root = config.getOptionalConfig(SETTING);
  if (root) requireKnown(root, SETTING, ['rules', 'calendars']);
  const calendars: ScheduleSettings['calendars'] = new Map();
  for (const [index, each] of (
    root?.getOptionalConfigArray('calendars') ?? []
  ).entries()) {
    const at = `${SETTING}.calendars[${index}]`;
    requireKnown(each, at, ['name', 'days']);
    const name = each.getString('name');
    if (calendars.has(name)) {
      throw new Error(
        `${at}.name is "${name}" once more; put the days of one calendar in one place.`,
      );
    }
    calendars.set(name, new Set(readDays(each, at)));
  }
  const rules = (root?.getOptionalConfigArray('rules') ?? []).map(
    (each, index) => readRule(each, index, calendars),
  );
  return { rules, calendars };
}

function readDays(calendar: Config, at: string): string[] {
  const days = calendar.getStringArray('days');
  const wrong = days.find(
    day =>
      !/^\d{4}-\d{2}-\d{2}$/.test(day) ||
      Number.isNaN(Date.parse(`${day}T00:00:00Z`)),
  );
  if (wrong === undefined) return days;
  throw new Error(`${at}.days holds "${wrong}"; write days like 2026-12-25.`);
}

function readRule(
  each: Config,
  index: number,
  calendars: ScheduleSettings['calendars'],
): ScheduleRule {
  const at = `${SETTING}.rules[${index}]`;
  requireKnown(each, at, KEYS);
  const wake = each.getOptionalString('wake');
  const holidays = each.getOptionalString('holidays');
  const schedule: BlueprintScheduleSpec = {
    sleep: each.getString('sleep'),
    timeZone: each.getString('timeZone'),
    ...(wake !== undefined && { wake }),
    ...(holidays !== undefined && { holidays }),
  };
  const [fault] = scheduleFaults(schedule);
  if (fault) {
    throw new Error(`${at}.${fault.field}: ${fault.message} ${fault.remedy}`);
  }
  if (schedule.holidays !== undefined && !calendars.has(schedule.holidays)) {
    throw new Error(
      `${at}.holidays names "${schedule.holidays}", and there is no such calendar in ${SETTING}.calendars.`,
    );
  }
  return { match: readMatch(each, at), schedule };
}

/** Another one means that schedules may be others. */
export function settingsDigest({ rules, calendars }: ScheduleSettings): string {
  const days = [...calendars].map(([name, each]) => [name, [...each]]);
  return sha256(JSON.stringify([rules, days]));
}

/** The schedule of an environment: its blueprint's own, else that of the first rule that fits. */
export function resolveSchedule(
  own: BlueprintScheduleSpec | undefined,
  subject: RuleSubject,
  { rules }: Pick<ScheduleSettings, 'rules'>,
): ResolvedSchedule | undefined {
  if (own) return { schedule: own, rule: 'blueprint' };
  const index = rules.findIndex(({ match }) => matches(match, subject));
  return index < 0
    ? undefined
    : {
        schedule: rules[index].schedule,
        rule: `config.schedules.rules[${index}]`,
      };
}

/** Asks the calendar of a schedule; a blueprint may name one that this portal does not have. */
export function holidaysOf(
  { holidays }: BlueprintScheduleSpec,
  { calendars }: Pick<ScheduleSettings, 'calendars'>,
): HolidayCheck {
  const days = holidays === undefined ? undefined : calendars.get(holidays);
  return day => days?.has(day) ?? false;
}
