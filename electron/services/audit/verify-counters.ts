/** Places in what a verifying thread and its watcher share: entries checked so far, and whether to stop. */
export const CHECKED = 0;
export const STOP = 1;
