/** Places in what a thread that walks a log and its watcher share: entries walked so far, and whether to stop. */
export const DONE = 0;
export const STOP = 1;

/** A log that threads verify. */
export interface LongLog {
  /** The workspace's database. */
  readonly path: string;
  readonly key: string;
  readonly everyHead: boolean;
  /** The two places above. */
  readonly shared: Int32Array;
}
