import { execFileSync } from 'node:child_process';

/** A binary that tests run on. */
export interface ToolUnderTest {
  product: 'OpenTofu' | 'Terraform';
  path: string;
  /** Providers come from here; from the registries when absent. */
  mirror?: string;
}

const TOOLS = [
  { product: 'OpenTofu', variable: 'GREENROOM_TEST_TOFU', name: 'tofu' },
  {
    product: 'Terraform',
    variable: 'GREENROOM_TEST_TERRAFORM',
    name: 'terraform',
  },
] as const;

/**
 * One Jest suite for each tool. `GREENROOM_TEST_TOFU` and `GREENROOM_TEST_TERRAFORM` say where
 * they are, `GREENROOM_PROVIDER_MIRROR` where their providers are. A tool without its variable
 * fails the suite; only when neither is set, as in a run of Jest by hand, the suite makes do
 * with what is on the PATH and says so in its name.
 */
export function describeEachTool(
  title: string,
  suite: (tool: ToolUnderTest) => void,
): void {
  const mirror = process.env.GREENROOM_PROVIDER_MIRROR;
  const given = TOOLS.some(({ variable }) => process.env[variable]);
  const found = TOOLS.map(tool => ({
    ...tool,
    path: given ? process.env[tool.variable] : onPath(tool.name),
  }));
  if (!given && found.every(({ path }) => !path)) {
    it(`${title}: needs a tool`, () => {
      throw new Error(
        'Neither tofu nor terraform is on the PATH. Set GREENROOM_TEST_TOFU and GREENROOM_TEST_TERRAFORM to their paths, or run the tests by the launcher',
      );
    });
    return;
  }
  for (const { product, variable, path } of found) {
    if (path) {
      const origin = given ? '' : ' (found on the PATH)';
      describe(`${title}, with ${product}${origin}`, () => {
        suite({ product, path, mirror });
      });
    } else if (given) {
      it(`${title}, with ${product}: needs ${variable}`, () => {
        throw new Error(`${variable} is not set: it must name the binary`);
      });
    }
  }
}

function onPath(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
