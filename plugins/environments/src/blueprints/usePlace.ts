import { useSearchParams } from 'react-router-dom';
import { Blueprint } from '@greenroom/plugin-environments-common';

export const BLUEPRINT_TABS = [
  { id: 'overview', label: 'Overview' },
  { id: 'versions', label: 'Versions' },
  { id: 'compare', label: 'Compare' },
  { id: 'environments', label: 'Environments' },
] as const;

export type BlueprintTab = (typeof BLUEPRINT_TABS)[number]['id'];

/** The part of the page that the address asks for, and the version that is looked at. */
export function usePlace({ recommendedVersion, versionList }: Blueprint) {
  const [parameters] = useSearchParams();
  const tab =
    BLUEPRINT_TABS.find(({ id }) => id === parameters.get('tab'))?.id ??
    'overview';
  const asked = parameters.get('version');
  const shown =
    versionList.find(({ version }) => version === asked) ??
    versionList.find(({ version }) => version === recommendedVersion) ??
    versionList[0];
  return { tab, shown };
}
