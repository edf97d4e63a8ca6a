import { driverContract } from '@greenroom/plugin-environments-node/contract-kit';
import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { contractFixtures } from './testing/fixtures';

describeEachTool('The Terraform driver', tool =>
  driverContract({
    name: tool.product,
    fixtures: () => contractFixtures(tool),
  }),
);
