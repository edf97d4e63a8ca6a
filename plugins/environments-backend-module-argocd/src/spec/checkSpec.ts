import { JsonObject } from '@greenroom/plugin-environments-common';
import { BUILT_IN_OUTPUTS, OUTPUT_PATH } from './outputNames';
import { isMap } from './overlay';

interface Finding {
  path: string[];
  message: string;
}

/** What the shape of the fields alone does not say. */
export function checkSpec(whole: JsonObject): Finding[] {
  return [
    ...checkSources(whole),
    ...checkTakeOver(whole),
    ...checkOutputs(whole),
  ];
}

function checkTakeOver({ takeOver, createNamespace }: JsonObject): Finding[] {
  if (takeOver === undefined || createNamespace !== true) return [];
  return [
    {
      path: ['createNamespace'],
      message:
        'an application that is taken over has its namespace already; leave createNamespace out',
    },
  ];
}

function checkSources(whole: JsonObject): Finding[] {
  const { source, sources } = whole;
  const one = isMap(source);
  const several = isMap(sources) && Object.keys(sources).length > 0;
  if (one === several)
    return [
      {
        path: [one ? 'sources' : 'source'],
        message: one
          ? 'there is a source beside sources; name all of them in sources, or one in source'
          : 'there is none; say where the manifests are by source.repoURL and source.path, or name several in sources',
      },
    ];
  if (one) return checkSource(source, ['source'], { alone: true });
  return Object.entries(isMap(sources) ? sources : {}).flatMap(
    ([name, value]) =>
      isMap(value)
        ? checkSource(value, ['sources', name], { alone: false })
        : [],
  );
}

function checkSource(
  source: JsonObject,
  path: string[],
  { alone }: { alone: boolean },
): Finding[] {
  const has = (key: string) => source[key] !== undefined;
  const tell = (key: string, message: string): Finding => ({
    path: [...path, key],
    message,
  });
  const findings: Finding[] = [];
  const kinds = ['directory', 'kustomize', 'helm'].filter(has);
  if (has('path') && has('chart'))
    findings.push(
      tell('chart', 'a source is a path of a repository or a chart, not both'),
    );
  if (alone && !has('path') && !has('chart'))
    findings.push(
      tell(
        'path',
        'name the folder of the repository that the manifests are in',
      ),
    );
  if (has('chart') && !has('targetRevision'))
    findings.push(
      tell('targetRevision', 'a chart needs its version, such as 1.2.3 or 1.x'),
    );
  if (kinds.length > 1)
    findings.push(
      tell(
        kinds[1],
        `a source is read in one way; there is ${kinds[0]} beside it`,
      ),
    );
  return findings;
}

function checkOutputs({ outputs }: JsonObject): Finding[] {
  if (!isMap(outputs)) return [];
  return Object.entries(outputs).flatMap(([name, output]): Finding[] => {
    const path = ['outputs', name];
    if (Object.hasOwn(BUILT_IN_OUTPUTS, name))
      return [
        {
          path,
          message: `each component has an output "${name}" by itself; take another name`,
        },
      ];
    if (!isMap(output)) return [];
    const { resource, path: steps } = output;
    if (typeof steps === 'string' && !OUTPUT_PATH.test(steps))
      return [
        {
          path: [...path, 'path'],
          message: `"${steps}" is no path; write it as status.loadBalancer.ingress[0].hostname`,
        },
      ];
    if (isMap(resource) && resource.kind === 'Secret' && !resource.group)
      return [
        {
          path: [...path, 'resource', 'kind'],
          message:
            'Argo CD shows no values of Secrets, so none can be an output; hand on the name of the Secret instead',
        },
      ];
    return [];
  });
}
