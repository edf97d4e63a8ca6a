import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import { EnvironmentAccess } from '../environments/access';
import {
  ReadingMandate,
  ReadingMandates,
} from '../environments/readingMandate';

/** The same for updates of environments, each as it is when its turn comes. */
export interface Mandate extends Omit<ReadingMandate, 'visible'> {
  /** What the policy said of updates of environments. */
  decision: PolicyDecision;
  /** Absent in those that were taken before it was asked for: nothing may be read then. */
  visible?: ReadingMandate['visible'];
}

export class Mandates {
  constructor(
    private readonly options: {
      access: EnvironmentAccess;
      readingMandates: ReadingMandates;
    },
  ) {}

  /** Of somebody who is there now. */
  async take(credentials: BackstageCredentials): Promise<Mandate> {
    const { access, readingMandates } = this.options;
    const [decision, reading] = await Promise.all([
      access.updateDecision(credentials),
      readingMandates.take(credentials),
    ]);
    return { ...reading, decision };
  }

  /** Whether the person is still who they were, as far as the catalog knows. */
  async holds(mandate: Mandate): Promise<boolean> {
    return this.options.readingMandates.holds(mandate);
  }

  allows(
    { decision }: Mandate,
    environment: { id: string; owner: string },
  ): boolean {
    return this.options.access.allows(decision, environment);
  }
}

export function toReadingMandate({
  actor,
  groups,
  visible = { kind: 'none' },
}: Mandate): ReadingMandate {
  return { actor, groups, visible };
}
