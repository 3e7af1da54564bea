import type { Migration } from './migration.ts';

/** Rosters that were refused as a fork are told on the page of the roster for good, so they are found by an index. */
export const rosterAlarm: Migration = {
  version: 17,
  sql: `CREATE INDEX log_entry_roster_alarm ON log_entry (subject, seq) WHERE action = 'roster.alarm';`,
};
