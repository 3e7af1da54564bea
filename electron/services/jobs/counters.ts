/** Places in what a thread at work and its watcher share: pieces done so far, whether to stop, and pieces in all. */
export const DONE = 0;
export const STOP = 1;
export const TOTAL = 2;
