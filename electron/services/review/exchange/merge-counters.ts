import type { MergeTask } from './merge.ts';

/** Places in what the merging thread and its watcher share: pieces merged, pieces in all, whether to stop. */
export const DONE = 0;
export const TOTAL = 1;
export const STOP = 2;

/** A merge on a thread of its own. */
export interface MergeAside extends MergeTask {
  /** The workspace's. */
  readonly folder: string;
  /** The three places above. */
  readonly shared: Int32Array;
}
