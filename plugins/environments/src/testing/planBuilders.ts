import {
  AttributeChange,
  ComponentPlan,
  OperationPlan,
  ResourceChange,
} from '@greenroom/plugin-environments-common';

export function anAttribute(
  part: Partial<AttributeChange> = {},
): AttributeChange {
  return {
    path: 'instance_class',
    before: 'db.t4g.micro',
    after: 'db.t4g.large',
    sensitive: false,
    unknown: false,
    forcesReplacement: false,
    ...part,
  };
}

export function aResourceChange(
  part: Partial<ResourceChange> = {},
): ResourceChange {
  return {
    address: 'aws_db_instance.main',
    type: 'aws_db_instance',
    action: 'change',
    attributes: [anAttribute()],
    digest: 'digest',
    ...part,
  };
}

/** A plan without any change. */
export function aComponentPlan(
  part: Partial<ComponentPlan> = {},
): ComponentPlan {
  return {
    stepId: 'plan-site',
    component: 'site',
    purpose: 'apply',
    summary: { add: 0, change: 0, remove: 0 },
    changes: [],
    omittedAttributes: 0,
    hash: 'sha256:9f3c71e2',
    unchanged: false,
    deferredBy: [],
    ...part,
  };
}

/** Sums up its components. */
export function aPlan(
  components: ComponentPlan[],
  hash = 'sha256:9f3c71e2',
): OperationPlan {
  const sum = (key: 'add' | 'change' | 'remove') =>
    components.reduce((total, { summary }) => total + summary[key], 0);
  return {
    hash,
    summary: { add: sum('add'), change: sum('change'), remove: sum('remove') },
    components,
  };
}
