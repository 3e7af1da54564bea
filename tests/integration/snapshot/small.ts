import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SnapshotWriter, type SnapshotContent } from '../../../electron/database/snapshot/writer.ts';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'stateside-snapshot-'));

export const CONTENT: SnapshotContent = {
  meta: {
    name: 'small',
    created_at: '2026-01-02T03:04:05Z',
    jurisdiction: 'US',
    source: 'a test',
    licence: 'CC0-1.0',
    surface: 'for_you',
    generator: 'a test',
  },
  features: [
    { name: 'age', description: 'days' },
    { name: 'watched', description: 'share' },
  ],
  signals: [
    { name: 'like', kind: 'binary', polarity: 1, description: '' },
    { name: 'play_ms', kind: 'amount', polarity: 1, description: '' },
  ],
  idOrder: 'integer',
};

/** An id above 2⁵³, which a JavaScript number cannot hold. */
export const WIDE_ID = '9007199254740993';

/** A sound snapshot of one user, three items and two requests in a folder of its own. */
export function smallSnapshot(content: Partial<SnapshotContent> = {}): string {
  const path = join(newFolder(), 'small.snapshot.sqlite');
  const writer = SnapshotWriter.create(path, { ...CONTENT, ...content });
  writer.addUser({ userId: '7', region: 'US-CA', attributes: { age_band: '18-24' } });
  for (const itemId of ['1', '2', WIDE_ID]) {
    writer.addItem({
      itemId,
      authorId: itemId === '2' ? null : '40',
      caption: `caption ${itemId}`,
      category: 'pets',
      language: null,
      durationMs: 9000,
      uploadedAt: null,
      attributes: { views: 3 },
    });
  }
  writer.addLabel({ itemId: '2', label: 'violence', source: 'reviewer', confidence: null });
  writer.addLabel({ itemId: '2', label: 'violence', source: 'classifier', confidence: 0.75 });
  writer.addLabel({ itemId: '2', label: 'spam', source: 'classifier', confidence: 0.5 });
  writer.addStill('1', 'image/png', Uint8Array.of(1, 2, 3));
  const request = (requestId: string, items: string[]): void =>
    writer.addRequest({
      requestId,
      userId: '7',
      requestedAt: '2026-01-01T00:00:00Z',
      surface: 'for_you',
      candidates: items.map((itemId, at) => ({
        itemId,
        inNetwork: at === 0 ? 1 : 0,
        loggedPosition: at === 0 ? 1 : null,
        loggedScore: at === 0 ? 0.5 : null,
        propensity: at === 0 ? 0.25 : null,
      })),
      features: Float32Array.from({ length: 2 * items.length }, (_, at) => at + 0.5),
      feedback: Float32Array.from({ length: 2 * items.length }, (_, at) => (at < 2 ? at : Number.NaN)),
    });
  request('10', ['2', WIDE_ID, '1']);
  request('9', ['1']);
  writer.finish();
  return path;
}

/** Runs SQL on a snapshot as no part of Stateside does. */
export function tamper(path: string, sql: string): string {
  const db = new Database(path);
  db.unsafeMode(true);
  db.exec(sql);
  db.close();
  return path;
}
