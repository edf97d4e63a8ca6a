import { Button, useBreakpoint } from '@backstage/ui';
import { RiFilter3Line } from '@remixicon/react';
import { ReactNode, useState } from 'react';
import styles from './list.module.css';

/** The filters of a list: side by side, or behind one button on a phone. */
export function PhoneFilters(props: {
  /** How many of them are set. */
  set: number;
  children: ReactNode;
}) {
  const { set, children } = props;
  const { down } = useBreakpoint();
  const [open, setOpen] = useState(false);
  if (!down('md')) return <>{children}</>;
  return (
    <>
      <Button
        size="medium"
        variant="secondary"
        iconStart={<RiFilter3Line />}
        aria-expanded={open}
        onPress={() => setOpen(!open)}
      >
        {set > 0 ? `Filters, ${set}` : 'Filters'}
      </Button>
      {open && <div className={styles.filterPanel}>{children}</div>}
    </>
  );
}
