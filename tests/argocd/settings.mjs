import { readFileSync } from 'node:fs';

/** Where applications may lie besides that of Argo CD; a project of that name takes them. */
export const TEAMS = 'teams';

const NAMESPACES = '/api/v1/namespaces';
const ARGOCD = `${NAMESPACES}/argocd`;
const PROJECTS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects';

// What the account may do: all it needs in some projects, nothing in the last.
const POLICY = [
  ...['default', 'confined', TEAMS].flatMap(project => [
    `p, role:greenroom, applications, *, ${project}/*, allow`,
    `p, role:greenroom, logs, get, ${project}/*, allow`,
    `p, role:greenroom, projects, get, ${project}, allow`,
  ]),
  'p, role:greenroom, clusters, get, *, allow',
  'p, role:greenroom, repositories, get, *, allow',
  'g, greenroom, role:greenroom',
  '',
].join('\n');

/** All that Argo CD must find in the cluster, each with its path, in their order. */
export function settingsObjects(kubernetes) {
  return [
    ...['argocd', TEAMS].map(name => ({
      path: `${NAMESPACES}/${name}`,
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
    configMap('argocd-cm', {
      'accounts.greenroom': 'apiKey',
      'timeout.reconciliation': '60s',
      'timeout.reconciliation.jitter': '0s',
    }),
    configMap('argocd-rbac-cm', {
      'policy.default': '',
      'policy.csv': POLICY,
    }),
    configMap('argocd-cmd-params-cm'),
    configMap('argocd-gpg-keys-cm'),
    configMap('argocd-ssh-known-hosts-cm', { ssh_known_hosts: '' }),
    configMap('argocd-tls-certs-cm'),
    {
      ...labelled('Secret', 'argocd-secret'),
      path: `${ARGOCD}/secrets/argocd-secret`,
    },
    secondCluster(kubernetes),
    // As Argo CD makes it by itself, but that it tells of what is nobody's.
    project('default', {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      orphanedResources: { warn: false },
    }),
    project('confined', {
      sourceRepos: ['*'],
      destinations: [
        { server: 'https://kubernetes.default.svc', namespace: 'confined-*' },
      ],
      clusterResourceWhitelist: [],
    }),
    project(TEAMS, {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      sourceNamespaces: [TEAMS],
    }),
    project('foreign', {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
    }),
  ];
}

function labelled(kind, name) {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace: 'argocd',
      // Argo CD looks at nothing else.
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
    },
  };
}

function configMap(name, data = {}) {
  return {
    ...labelled('ConfigMap', name),
    path: `${ARGOCD}/configmaps/${name}`,
    data,
  };
}

/** To Argo CD it is another cluster: what it knows one by is its address. */
function secondCluster({ url, ca, token }) {
  const server = new URL(url);
  server.hostname = 'localhost';
  const caData = readFileSync(ca).toString('base64');
  const config = {
    bearerToken: token,
    // Its certificate is not for that address.
    tlsClientConfig: { caData, serverName: 'kubernetes' },
  };
  return {
    path: `${ARGOCD}/secrets/cluster-second`,
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'cluster-second',
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
    },
    stringData: {
      name: 'second',
      server: server.origin,
      config: JSON.stringify(config),
    },
  };
}

function project(name, spec) {
  return {
    path: `${PROJECTS}/${name}`,
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd' },
    spec,
  };
}
