/** How old what the home page shows may be. */
export const REFRESH_MS = 15_000;
