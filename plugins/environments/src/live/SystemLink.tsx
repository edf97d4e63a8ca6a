import { ButtonLink } from '@backstage/ui';
import { LiveComponent } from '@greenroom/plugin-environments-common';
import { RiArrowRightUpLine } from '@remixicon/react';
import { webHref } from '../environment/outputs';
import { systemName } from './systems';

/** Leads to the component where the system shows it itself. */
export function SystemLink(props: { live: LiveComponent; small?: boolean }) {
  const { component, driver, url } = props.live;
  const href = url && webHref(url);
  if (!href) return null;
  const system = systemName(driver);
  const text = props.small ? system : `Open in ${system}`;
  return (
    <ButtonLink
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      variant={props.small ? 'tertiary' : 'secondary'}
      size="small"
      iconEnd={<RiArrowRightUpLine />}
      aria-label={`${text}: ${component}`}
    >
      {text}
    </ButtonLink>
  );
}
