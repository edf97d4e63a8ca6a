import {
  RiCheckLine,
  RiCloseLine,
  RiForbid2Line,
  RiHand,
  RiHourglassLine,
  RiPauseLine,
  RiSubtractLine,
} from '@remixicon/react';
import { Shape, StateView } from './states';
import styles from './state.module.css';

/** The shape of a state, 16 pixels; the word stands beside it, so it is hidden from screen readers. */
export function StateIcon({
  view,
}: {
  view: Pick<StateView, 'shape' | 'tone'>;
}) {
  return (
    <span className={`${styles.icon} ${styles[view.tone]}`} aria-hidden="true">
      {drawShape(view.shape)}
    </span>
  );
}

function drawShape(shape: Shape) {
  switch (shape) {
    case 'tick':
      return <RiCheckLine size={16} />;
    case 'cross':
      return <RiCloseLine size={16} />;
    case 'hourglass':
      return <RiHourglassLine size={16} />;
    case 'dash':
      return <RiSubtractLine size={16} />;
    case 'bars':
      return <RiPauseLine size={16} />;
    case 'hand':
      return <RiHand size={16} />;
    case 'barred':
      return <RiForbid2Line size={16} />;
    case 'unequal':
      return (
        <svg viewBox="0 0 16 16" width="16" height="16">
          <path
            d="M3 6h10M3 10h10M10.5 3l-5 10"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
        </svg>
      );
    case 'filled':
      return (
        <svg viewBox="0 0 16 16" width="16" height="16">
          <circle cx="8" cy="8" r="5" fill="currentColor" />
        </svg>
      );
    case 'half':
      return (
        <svg viewBox="0 0 16 16" width="16" height="16">
          <Circle />
          <path d="M8 3.25a4.75 4.75 0 0 0 0 9.5Z" fill="currentColor" />
        </svg>
      );
    case 'hollow':
    case 'dotted':
      return (
        <svg viewBox="0 0 16 16" width="16" height="16">
          <Circle dashes={shape === 'dotted' ? '2 1.73' : undefined} />
        </svg>
      );
    case 'ring':
      return (
        <svg viewBox="0 0 16 16" width="16" height="16" className={styles.ring}>
          <path
            d="M8 2.75A5.25 5.25 0 1 1 2.75 8"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
          />
        </svg>
      );
    default: {
      const unknown: never = shape;
      return unknown;
    }
  }
}

function Circle({ dashes }: { dashes?: string }) {
  return (
    <circle
      cx="8"
      cy="8"
      r="4.75"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray={dashes}
    />
  );
}
