/** Places in what a verifying thread and its watcher share: entries checked so far, and whether to stop. */
export const CHECKED = 0;
export const STOP = 1;

/** A log that threads verify. */
export interface LongLog {
  /** The workspace's database. */
  readonly path: string;
  readonly key: string;
  readonly everyHead: boolean;
  /** The two places above: entries checked so far, and a flag that ends the work. */
  readonly shared: Int32Array;
}
