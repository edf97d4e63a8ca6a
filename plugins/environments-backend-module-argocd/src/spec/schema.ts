import { z } from 'zod';

const words = z.string().min(1);
const texts = z.record(z.string(), z.string());
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const source = z.strictObject({
  repoURL: words,
  path: words.optional(),
  chart: words.optional(),
  targetRevision: words.optional(),
  directory: z
    .strictObject({
      recurse: z.boolean().optional(),
      include: words.optional(),
      exclude: words.optional(),
    })
    .optional(),
  kustomize: z
    .strictObject({
      images: texts.optional(),
      replicas: z.record(z.string(), z.int().min(0)).optional(),
      namePrefix: words.optional(),
      nameSuffix: words.optional(),
      commonLabels: texts.optional(),
      commonAnnotations: texts.optional(),
      patches: z.array(z.record(z.string(), z.unknown())).optional(),
    })
    .optional(),
  helm: z
    .strictObject({
      releaseName: words.optional(),
      valueFiles: z.array(words).optional(),
      values: z.record(z.string(), z.unknown()).optional(),
      parameters: z.record(z.string(), scalar).optional(),
    })
    .optional(),
});

const output = z.strictObject({
  resource: z.strictObject({
    group: z.string().optional(),
    kind: words,
    name: words,
    namespace: words.optional(),
  }),
  path: words,
  sensitive: z.boolean().optional(),
});

/** What a component is: `argocd.yaml` of its source, with its `with` laid over. */
export const componentSpec = z.strictObject({
  instance: words.optional(),
  namespace: z
    .string()
    .max(63)
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, {
      error: 'it must be small letters, digits and hyphens, at most 63',
    })
    .optional(),
  createNamespace: z.boolean().optional(),
  /** An application that somebody else has made. */
  takeOver: words.optional(),
  source: source.optional(),
  sources: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), source).optional(),
  outputs: z.record(z.string(), output).optional(),
});

export type ComponentSpec = z.infer<typeof componentSpec>;
export type SourceSpec = z.infer<typeof source>;
export type OutputSpec = z.infer<typeof output>;
