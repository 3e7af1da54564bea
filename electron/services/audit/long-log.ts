/** A log that threads verify. */
export interface LongLog {
  /** The workspace's database. */
  readonly path: string;
  readonly key: string;
  readonly everyHead: boolean;
  /** Entries walked so far, and whether to stop: the places of `jobs/counters.ts`. */
  readonly shared: Int32Array;
}
