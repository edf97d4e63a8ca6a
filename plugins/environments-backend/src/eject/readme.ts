import { EjectedComponent, EjectedEnvironment } from './types';

/** What whoever takes an environment out has to know, from its parts to its state. */
export function readmeOf(environment: EjectedEnvironment): string {
  const { name, owner, blueprint, at, components, leftOut } = environment;
  return `# ${name}, taken out of Greenroom

Made of blueprint ${blueprint} for ${owner}; taken out at ${at.toISOString()}. Each component is as it was last applied, with the inputs that it was given then.

## What is here

In the order in which they are made; each needs what it uses.

| component | folder | driver | version of the blueprint | uses |
| --- | --- | --- | --- | --- |
${components.map(componentRow).join('\n')}
${leftOut.length > 0 ? `\nNot here, since nothing is known to have been made of it: ${leftOut.join(', ')}.\n` : ''}
What a component uses of another was filled in with the value of that day. To let it follow the other again, read it from there, for example by a \`terraform_remote_state\`.

## What was left out

${secretsOf(components)}

## Take the state over

1. Let nobody change the environment in Greenroom meanwhile.
2. Component by component, in the order above: bring its newest state (\`./greenroom state list ${name} --component ID\`, then \`./greenroom state download VERSION -o terraform.tfstate\` in its folder; that is for those who may read states), and run \`tofu init\` and \`tofu plan\` there. A plan without changes proves that all is here. \`terraform\` does as well, if the portal runs it.
3. Move the state to a backend of yours: a \`backend\` block, and \`tofu init -migrate-state\`.

Greenroom keeps its own copy of the state, and still destroys the environment when its time there is up. Before that, ask the operators of the portal.
`;
}

function componentRow({
  id,
  folder,
  driver,
  blueprintVersion,
  uses,
}: EjectedComponent): string {
  const used = uses
    .map(({ component, outputs }) => `${component} (${outputs.join(', ')})`)
    .join(', ');
  return `| ${id} | \`${folder}\` | ${driver} | ${blueprintVersion} | ${used || 'nothing'} |`;
}

function secretsOf(components: EjectedComponent[]): string {
  const withheld = components.filter(each => each.withheld.length > 0);
  if (withheld.length === 0)
    return 'Nothing: no value that it was given is a secret.';
  const lines = withheld.map(
    each =>
      `- ${each.id}: ${each.withheld.map(key => `\`${key}\` (\`TF_VAR_${key}\`)`).join(', ')}`,
  );
  return `These values are secrets, or were made of one. Give them to the tool by environment variables:\n\n${lines.join('\n')}`;
}
