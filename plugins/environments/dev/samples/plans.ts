import { OperationPlan } from '@greenroom/plugin-environments-common';
import {
  aComponentPlan,
  anAttribute,
  aPlan,
  aResourceChange,
} from '../../src/testing/planBuilders';

/** A plan with everything that a plan may hold. */
export const UPDATE_PLAN: OperationPlan = aPlan([
  aComponentPlan({
    stepId: '1',
    component: 'database',
    summary: { add: 3, change: 1, remove: 1 },
    omittedAttributes: 412,
    changes: [
      aResourceChange({
        address: 'aws_s3_bucket.assets',
        type: 'aws_s3_bucket',
        action: 'add',
        attributes: [
          anAttribute({
            path: 'bucket',
            before: undefined,
            after: 'shop-demo-assets',
          }),
          anAttribute({
            path: 'arn',
            before: undefined,
            after: undefined,
            unknown: true,
          }),
        ],
      }),
      aResourceChange({
        attributes: [
          anAttribute(),
          anAttribute({ path: 'allocated_storage', before: 20, after: 100 }),
          anAttribute({
            path: 'password',
            before: undefined,
            after: undefined,
            sensitive: true,
          }),
          anAttribute({
            path: 'tags',
            before: { owner: 'checkout', purpose: 'demonstration' },
            after: {
              owner: 'checkout',
              purpose: 'demonstration of the autumn sale',
              costCentre: '4711',
            },
          }),
        ],
      }),
      aResourceChange({
        address:
          'module.network["eu-central-1"].aws_security_group_rule.from_app["a-rather-long-key-that-goes-on"]',
        type: 'aws_security_group_rule',
        action: 'replace',
        attributes: [
          anAttribute({
            path: 'from_port',
            before: 5432,
            after: 5433,
            forcesReplacement: true,
          }),
          anAttribute({
            path: 'id',
            before: 'sgrule-81d0',
            after: undefined,
            unknown: true,
          }),
        ],
      }),
      aResourceChange({
        address: 'random_password.master',
        type: 'random_password',
        action: 'add',
        attributes: [],
      }),
      aResourceChange({
        address: 'data.aws_region.present',
        type: 'aws_region',
        action: 'read',
        attributes: [],
      }),
    ],
  }),
  aComponentPlan({ stepId: '2', component: 'cache', unchanged: true }),
  aComponentPlan({
    stepId: '3',
    component: 'app',
    deferredBy: ['database'],
  }),
]);

/** More resources than one reads from top to bottom. */
export const LARGE_PLAN: OperationPlan = aPlan([
  aComponentPlan({
    stepId: '1',
    component: 'site',
    summary: { add: 240, change: 0, remove: 0 },
    changes: Array.from({ length: 240 }, (_, index) =>
      aResourceChange({
        address: `local_file.page["${index}"]`,
        type: 'local_file',
        action: 'add',
        attributes: [
          anAttribute({ path: 'content', before: undefined, after: 'Hello' }),
        ],
      }),
    ),
  }),
]);
