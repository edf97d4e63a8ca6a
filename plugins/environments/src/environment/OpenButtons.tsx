import { ButtonLink } from '@backstage/ui';
import { Environment } from '@greenroom/plugin-environments-common';
import { RiArrowRightUpLine } from '@remixicon/react';
import { useReport } from '../activity/useReports';
import { webAddress } from './outputs';

/** Outputs that are web addresses, as buttons; the first is what people come for. */
export function OpenButtons({ environment }: { environment: Environment }) {
  const report = useReport(environment);
  const open = environment.outputs.flatMap(output => {
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
          onPress={() => {
            // Nobody waits for it.
            report({ note: `opened ${title}` }).catch(() => {});
          }}
          variant={index === 0 ? 'primary' : 'secondary'}
          iconEnd={<RiArrowRightUpLine />}
        >
          {title}
        </ButtonLink>
      ))}
    </>
  );
}
