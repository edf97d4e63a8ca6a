import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The test browser has no window to measure: give it that of a desk.
const WIDTH = 1440;

Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({
    matches: WIDTH >= Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Infinity),
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
  }),
});

// Virtual rows are drawn into the height of their box.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 600 },
  clientWidth: { configurable: true, get: () => 1000 },
});

// Drawings watch their size; in a browser without one it never changes.
class StillObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver ??= StillObserver;

// The editor measures its lines; in a browser without a window they have no extent.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

// Whole pages are loaded, and typed into key by key, which takes long on a busy machine.
configure({ asyncUtilTimeout: 30_000 });
