/** One numbered step of the workspace file. Once released it is never edited; a later step corrects it. */
export interface Migration {
  /** The `user_version` the file has afterwards. */
  readonly version: number;
  readonly sql: string;
}
