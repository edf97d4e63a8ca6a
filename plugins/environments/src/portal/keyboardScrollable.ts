/** A box that scrolls must be reachable without a pointer, though nothing in it can be worked with. */
export const keyboardScrollable = { tabIndex: 0 };
