/** That an environment was used, as somebody has seen it. */
export interface EnvironmentSighting {
  environmentId: string;
  at: Date;
  /** What was seen, in a few words for people. */
  note?: string;
}

/** Something that sees environments being used, such as a tool that a driver works with. */
export interface ActivitySource {
  /** What it is called wherever use is shown: `argocd`. */
  readonly signal: string;
  /**
   * Tells of use until the signal is aborted. What it tells may come twice, late, and of
   * environments that there are not.
   *
   * @throws when it can see no more; it is begun again a while later
   */
  watch(
    tell: (sighting: EnvironmentSighting) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}
