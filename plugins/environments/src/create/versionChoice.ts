import {
  Blueprint,
  BlueprintVersionSummary,
} from '@greenroom/plugin-environments-common';

/** The version that a create is about. */
export interface VersionChoice {
  /** The one that the address names, or the one that is recommended. */
  wanted?: string;
  /** Absent: there is no such version. */
  summary?: BlueprintVersionSummary;
  /** The same, where an environment can be made of it. */
  usable?: BlueprintVersionSummary;
}

export function choiceOf(
  { recommendedVersion, versionList }: Blueprint,
  asked: string | null,
): VersionChoice {
  const wanted = asked ?? recommendedVersion;
  const summary = versionList.find(({ version }) => version === wanted);
  const isUsable =
    summary?.status === 'published' || summary?.status === 'deprecated';
  return { wanted, summary, usable: isUsable ? summary : undefined };
}

/** The versions that are offered; another one is there only for whoever was led to it. */
export function offeredVersions(
  { versionList }: Blueprint,
  shown: string | undefined,
): BlueprintVersionSummary[] {
  return versionList.filter(
    ({ version, status }) => status === 'published' || version === shown,
  );
}
