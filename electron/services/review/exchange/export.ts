import Database from 'better-sqlite3';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';
import { eachAudit, eachDecision, eachItem, eachLaterStep } from '../../../database/review/campaign-rows.ts';
import { getCampaign, getLibrary } from '../../../database/review/campaigns.ts';
import type { Reader } from '../../../database/review/sealed.ts';
import { streamFile } from '../../stream-file.ts';
import { sha256Hex } from '../../signoff/digest.ts';
import { signEnvelope } from '../../signoff/envelope.ts';
import type { SigningKey } from '../../signoff/key-file.ts';
import { BEGINNING, FORMAT, PIECES_PAYLOAD, ROWS, type Manifest } from './format.ts';

/** Who exports, and what they may read. */
export interface Exporter {
  readonly person: string;
  readonly key: SigningKey;
  readonly reader: Reader;
}

export interface ExportTask {
  /** The workspace's database. */
  readonly database: string;
  readonly campaign: string;
  readonly by: Exporter;
  /** ISO 8601. */
  readonly now: string;
}

/**
 * Writes a campaign with its policies and every decision made in it that the person may read to a file, signed by them;
 * what is kept from them stays out. The file holds one state of the workspace, read through a connection of its own while
 * others go on, and memory does not grow with it. Cancelled, it leaves nothing. Answers the file's bytes; `progress`
 * hears how many rows were written.
 */
export async function exportCampaign(
  { database, campaign, by, now }: ExportTask,
  path: string,
  {
    signal,
    progress = () => {},
  }: { readonly signal?: AbortSignal; readonly progress?: (rows: number) => void } = {},
): Promise<number> {
  const db = new Database(database, { readonly: true, fileMustExist: true });
  try {
    db.exec('BEGIN');
    let rows = 0;
    const lines = signedLines(db, campaign, by, now, (written) => (rows += written));
    return await streamFile(path, lines, {
      ...(signal === undefined ? {} : { signal }),
      taken: () => progress(rows),
    });
  } finally {
    db.close();
  }
}

function* signedLines(
  db: Database.Database,
  campaign: string,
  by: Exporter,
  now: string,
  wrote: (rows: number) => void,
): Generator<string> {
  const digests: string[] = [];
  const line = (text: string): string => {
    digests.push(sha256Hex(text));
    return `${text}\n`;
  };
  const { definition } = getCampaign(db, campaign);
  const policies = getLibrary(db, definition.policies);
  yield line(`${BEGINNING}"campaign":${canonicalJson(definition)},"policies":${canonicalJson(policies)}}`);
  const kinds: [string, Iterable<unknown>][] = [
    ['items', eachItem(db, campaign)],
    ['decisions', eachDecision(db, campaign, by.reader)],
    ['escalations', eachLaterStep(db, campaign, by.reader)],
    ['audits', eachAudit(db, campaign, by.reader)],
  ];
  for (const [kind, rows] of kinds)
    for (const piece of chunked(rows)) {
      yield line(canonicalJson({ [kind]: piece }));
      wrote(piece.length);
    }
  const manifest: Manifest = {
    ...{ format: FORMAT, version: 2, exportedBy: by.person, exportedAt: now },
    lines: digests,
  };
  yield `${JSON.stringify(signEnvelope(PIECES_PAYLOAD, manifest, [by.key]))}\n`;
}

function* chunked(rows: Iterable<unknown>): Generator<unknown[]> {
  let piece: unknown[] = [];
  for (const row of rows) {
    piece.push(row);
    if (piece.length < ROWS) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
