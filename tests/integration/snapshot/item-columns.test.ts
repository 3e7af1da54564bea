import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReadItemColumns } from '../../../electron/database/snapshot/item-columns.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { authors } from '../../../shared/domain/ranking/item-codes.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { writeOddSnapshot } from '../../fixtures/replay/odd-snapshot.ts';

/** A snapshot's items, with as few of them in memory as `most` says. */
function opened(order: 'text' | 'integer', most: number) {
  const path = join(testFolder(), 'odd.snapshot.sqlite');
  writeOddSnapshot(path, order, (at) => (order === 'text' ? `i${at}` : String(at + 1)));
  const db = new Database(path, { readonly: true });
  return { columns: new ReadItemColumns(db, order, most), reader: openSnapshot(path) };
}

test.each(['text', 'integer'] as const)(
  'items of %s ids are those of the table however few are kept, and columns answered before stay as they are',
  (order) => {
    const { columns, reader } = opened(order, 4);
    const id = fc.integer({ min: 0, max: 11 }).map((at) => (order === 'text' ? `i${at}` : at + 1));
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(id, { maxLength: 6 }), { maxLength: 8 }), (requests) => {
        const answers = requests.map((ids) => {
          const places = new Int32Array(ids.length);
          return { ids, places, found: columns.columnsOf(ids, places) };
        });
        for (const { ids, places, found } of answers) {
          for (const [at, asked] of ids.entries()) {
            const item = reader.item(String(asked));
            const place = places[at] ?? -1;
            const author = found?.factsOf(places).author(at) ?? -1;
            expect(found?.id(place)).toBe(item.itemId);
            expect(found?.duration(place)).toBe(item.durationMs);
            expect(author === -1 ? null : authors.textOf(author)).toBe(item.authorId);
          }
        }
      }),
    );
    reader.close();
  },
);

test('items of ids that are no small integers stand beside those that are, and neither is taken for the other', () => {
  const path = join(testFolder(), 'odd.snapshot.sqlite');
  const ids = [0, 1, 2 ** 18 - 1, 2 ** 18, 7_000_000_000, Number.MAX_SAFE_INTEGER];
  writeOddSnapshot(path, 'integer', (at) => String(ids[at] ?? -at));
  const db = new Database(path, { readonly: true });
  const found = (order: readonly number[]): (string | undefined)[] => {
    const columns = new ReadItemColumns(db, 'integer');
    return order.flatMap((id) => {
      const places = new Int32Array(2);
      const read = columns.columnsOf([id, 0], places);
      return Array.from(places, (place) => read?.id(place));
    });
  };
  const wanted = (order: readonly number[]): string[] => order.flatMap((id) => [String(id), '0']);
  expect(found(ids)).toEqual(wanted(ids));
  expect(found(ids.toReversed())).toEqual(wanted(ids.toReversed()));
  expect(found([1, -7, 1])).toEqual(wanted([1, -7, 1]));
  db.close();
});

test('an item that the table lacks makes the request one to be read alone', () => {
  const { columns, reader } = opened('integer', 100);
  expect(columns.columnsOf([1, 999_999], new Int32Array(2))).toBeNull();
  reader.close();
});
