/** On an application: the drift that somebody took for good, until the next apply. */
export const ADOPTED_ANNOTATION = 'greenroom.dev/adopted-drift';
