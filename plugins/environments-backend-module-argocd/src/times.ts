/** How long things are waited for; an image that is pulled for the first time takes its minutes. */
export const TIMES = {
  /** For a sync with its hooks, and again for health. */
  syncMs: 15 * 60_000,
  /** A pod that restarts once or twice while it starts is nothing to fail for. */
  degradedMs: 30_000,
  /** A silence that is no longer than this says nothing; after a longer one Argo CD is told to look. */
  silenceMs: 1500,
  /** For Argo CD to see what it has just made. */
  seenMs: 5000,
  /** For everything of an application to be gone. */
  removalMs: 15 * 60_000,
  /** For a terminated operation to be over. */
  terminateMs: 20_000,
  /** For an application that is there for a look alone to be taken away. */
  letGoMs: 15_000,
  /** For Argo CD to say what is left of an application. */
  lookMs: 60_000,
  /** For one instance to say what it has: people wait for it, and others have answered. */
  listMs: 10_000,
};
