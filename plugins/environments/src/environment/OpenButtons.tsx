import { ButtonLink } from '@backstage/ui';
import { EnvironmentOutput } from '@greenroom/plugin-environments-common';
import { RiArrowRightUpLine } from '@remixicon/react';
import { webAddress } from './outputs';

/** Outputs that are web addresses, as buttons; the first is what people come for. */
export function OpenButtons({ outputs }: { outputs: EnvironmentOutput[] }) {
  const open = outputs.flatMap(output => {
    const href = webAddress(output);
    return href ? [{ ...output, href }] : [];
  });
  return (
    <>
      {open.slice(0, 3).map(({ name, title, href }, index) => (
        <ButtonLink
          key={name}
          href={href}
          target="_blank"
          rel="noopener noreferrer"
          variant={index === 0 ? 'primary' : 'secondary'}
          iconEnd={<RiArrowRightUpLine />}
        >
          {title}
        </ButtonLink>
      ))}
    </>
  );
}
