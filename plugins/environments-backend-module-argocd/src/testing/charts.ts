/** A chart with one workload; what its values say is seen in a ConfigMap. */
const FILES = {
  'values.yaml':
    'image: web:1\nreplicas: 1\nsize: usual\nlevels: {}\nnumber: none\n',
  'values-large.yaml': 'size: large\n',
  'templates/settings.yaml': `
apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-{{ .Chart.Name }} }
data:
  chart: {{ .Chart.Version | quote }}
  size: {{ .Values.size | quote }}
  log: {{ .Values.levels.log | default "none" | quote }}
  number: {{ printf "%v %s" .Values.number (kindOf .Values.number) | quote }}
`,
  'templates/web.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }}-{{ .Chart.Name }} }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Release.Name }} } }
    spec: { containers: [{ name: web, image: {{ .Values.image | quote }} }] }
`,
};

/** The chart in a folder whose name it has, as files of a repository. */
export function chartIn(
  folder: string,
  version = '1.0.0',
): Record<string, string> {
  const files = {
    ...FILES,
    'Chart.yaml': `apiVersion: v2\nname: ${folder}\nversion: ${version}\n`,
  };
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}
