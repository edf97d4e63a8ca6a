import { RootConfigService } from '@backstage/backend-plugin-api';

const SETTING = 'environments.states.maxMegabytes';
/** Far above any state seen in the wild; whoever needs more should split the component. */
const DEFAULT_MEGABYTES = 64;
/** PostgreSQL's bytea holds one gigabyte, and a driver's answer twice as many characters. */
const MOST_MEGABYTES = 200;

/** The largest state that is taken, in megabytes. */
export function readMaxStateMegabytes(config: RootConfigService): number {
  const megabytes = config.getOptionalNumber(SETTING) ?? DEFAULT_MEGABYTES;
  if (megabytes > 0 && megabytes <= MOST_MEGABYTES) return megabytes;
  throw new Error(
    `${SETTING} is ${megabytes}; it must be more than 0 and at most ${MOST_MEGABYTES}.`,
  );
}
