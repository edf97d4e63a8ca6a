import { ButtonIcon } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { useRef } from 'react';
import { Filters, PAGE_SIZE } from './filters';
import styles from './environments.module.css';

/**
 * Pages by cursor. The server only knows the way forward: the way back is
 * remembered here, and leads to the first page when it is not known (a link
 * from elsewhere).
 */
export function Pager(props: {
  filters: Filters;
  shown: number;
  total: number;
  nextCursor?: string;
  onChange: (filters: Filters) => void;
}) {
  const { filters, shown, total, nextCursor, onChange } = props;
  const cursors = useRef(new Map<number, string | undefined>());
  cursors.current.set(filters.offset, filters.cursor);

  const first = filters.offset + 1;
  const last = filters.offset + shown;
  const back = Math.max(0, filters.offset - PAGE_SIZE);

  return (
    <nav className={styles.pager} aria-label="Pages">
      <span aria-live="polite">
        {shown > 0 ? `${first}–${last} of ${total}` : `0 of ${total}`}
      </span>
      <ButtonIcon
        variant="tertiary"
        aria-label="Previous page"
        icon={<RiArrowLeftSLine />}
        isDisabled={!filters.cursor}
        onPress={() => {
          const cursor = cursors.current.get(back);
          onChange({ ...filters, cursor, offset: cursor ? back : 0 });
        }}
      />
      <ButtonIcon
        variant="tertiary"
        aria-label="Next page"
        icon={<RiArrowRightSLine />}
        isDisabled={!nextCursor}
        onPress={() =>
          onChange({ ...filters, cursor: nextCursor, offset: last })
        }
      />
    </nav>
  );
}
