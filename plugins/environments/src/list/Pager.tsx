import { ButtonIcon } from '@backstage/ui';
import { RiArrowLeftSLine, RiArrowRightSLine } from '@remixicon/react';
import { useRef } from 'react';
import { PAGE_SIZE, PagePlace } from './page';
import styles from './list.module.css';

/**
 * Pages by cursor. The server only knows the way forward: the way back is
 * remembered here, and leads to the first page when it is not known (a link
 * from elsewhere).
 */
export function Pager(props: {
  place: PagePlace;
  shown: number;
  total: number;
  nextCursor?: string;
  onChange: (place: PagePlace) => void;
}) {
  const { place, shown, total, nextCursor, onChange } = props;
  const cursors = useRef(new Map<number, string | undefined>());
  cursors.current.set(place.offset, place.cursor);

  const first = place.offset + 1;
  const last = place.offset + shown;
  const back = Math.max(0, place.offset - PAGE_SIZE);

  return (
    <nav className={styles.pager} aria-label="Pages">
      <span aria-live="polite">
        {shown > 0 ? `${first}–${last} of ${total}` : `0 of ${total}`}
      </span>
      <ButtonIcon
        variant="tertiary"
        aria-label="Previous page"
        icon={<RiArrowLeftSLine />}
        isDisabled={!place.cursor}
        onPress={() => {
          const cursor = cursors.current.get(back);
          onChange({ cursor, offset: cursor ? back : 0 });
        }}
      />
      <ButtonIcon
        variant="tertiary"
        aria-label="Next page"
        icon={<RiArrowRightSLine />}
        isDisabled={!nextCursor}
        onPress={() => onChange({ cursor: nextCursor, offset: last })}
      />
    </nav>
  );
}
