const settings = (value: string) => `
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations: { link.argocd.argoproj.io/external-link: 'https://shop.example.com' }
data: { value: '${value}' }
`;

const configMap = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${more} }\n`;

/** The folders of the repository that tests of the driver take their manifests from. */
export const FILES: Record<string, string> = {
  'good/one/settings.yaml': settings('1'),
  'good/two/settings.yaml': settings('2'),
  'secret/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: { name: secret }\nstringData: { password: open-sesame }\n',
  // A try by the client of Kubernetes takes any name; the cluster does not.
  'failing/a.yaml': configMap('first'),
  'failing/b.yaml': configMap('Not_A_Name'),
  // A pod that is not to be started again is waited for, and this one never ends by itself.
  'slow/hook.yaml': `
apiVersion: v1
kind: Pod
metadata:
  name: endless
  annotations: { argocd.argoproj.io/hook: PreSync }
spec:
  restartPolicy: Never
  containers: [{ name: one, image: nothing }]
`,
  'web/kustomization.yaml': 'resources: [web.yaml]\n',
  'web/web.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`,
  'fragile/a.yaml': configMap('fragile'),
  'broken/a.yaml': `${configMap('a')}{`,
  'stubborn/held.yaml': configMap('held', ', finalizers: [example.com/hold]'),
};
