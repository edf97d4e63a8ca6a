const ARGOCD = '/api/v1/namespaces/argocd';
const PROJECTS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects';

// What the account may do: all it needs in two projects, nothing in the third.
const POLICY = [
  ...['default', 'confined'].flatMap(project => [
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
export function settingsObjects() {
  return [
    {
      path: ARGOCD,
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'argocd' },
    },
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
    // Argo CD makes the project "default" by itself.
    project('confined', {
      sourceRepos: ['*'],
      destinations: [
        { server: 'https://kubernetes.default.svc', namespace: 'confined-*' },
      ],
      clusterResourceWhitelist: [],
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

function project(name, spec) {
  return {
    path: `${PROJECTS}/${name}`,
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd' },
    spec,
  };
}
