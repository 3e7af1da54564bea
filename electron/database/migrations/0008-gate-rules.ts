import type { Migration } from './migration.ts';

/** The gates that judged frozen evidence, by the digest that statements name, so that a record can bring them along. */
export const gateRules: Migration = {
  version: 8,
  sql: `
  CREATE TABLE gate_rules (digest TEXT PRIMARY KEY, rules TEXT NOT NULL) STRICT;
  CREATE TRIGGER gate_rules_no_update BEFORE UPDATE ON gate_rules
  BEGIN SELECT RAISE(ABORT, 'gates that judged are append-only and are never changed'); END;
  CREATE TRIGGER gate_rules_no_delete BEFORE DELETE ON gate_rules
  BEGIN SELECT RAISE(ABORT, 'gates that judged are append-only and are never deleted'); END;
  `,
};
