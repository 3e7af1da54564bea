import type { Migration } from './migration.ts';

/** Documents that evidence names by digest and that could not be made again later, kept when it is frozen. */
export const frozenDocument: Migration = {
  version: 19,
  sql: `
  CREATE TABLE frozen_document (digest TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
  CREATE TRIGGER frozen_document_no_update BEFORE UPDATE ON frozen_document
  BEGIN SELECT RAISE(ABORT, 'documents of frozen evidence are append-only and are never changed'); END;
  CREATE TRIGGER frozen_document_no_delete BEFORE DELETE ON frozen_document
  BEGIN SELECT RAISE(ABORT, 'documents of frozen evidence are append-only and are never deleted'); END;
  `,
};
