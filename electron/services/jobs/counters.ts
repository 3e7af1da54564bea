/** Places in what a thread at work and its watcher share: pieces done so far, and whether to stop. */
export const DONE = 0;
export const STOP = 1;
