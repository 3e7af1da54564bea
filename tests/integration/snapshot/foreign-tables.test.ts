import { expect, it } from 'vitest';
import { checkSnapshot } from '../../../electron/database/snapshot/check.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { smallSnapshot, tamper } from './small.ts';

const COLUMNS = 'request_id, ordinal, item_id, in_network, logged_position, logged_score, propensity';

/** The candidate table as another program may declare it: the format names its key, not its other constraints. */
const declared = (constraints: string): string =>
  `CREATE TABLE other (${COLUMNS}${constraints}; INSERT INTO other SELECT * FROM candidate; DROP TABLE candidate;
   ALTER TABLE other RENAME TO candidate;`;

it.each([
  [', UNIQUE (request_id, item_id), PRIMARY KEY (request_id, ordinal)) WITHOUT ROWID'],
  [', PRIMARY KEY (request_id, ordinal DESC)) WITHOUT ROWID'],
  [', PRIMARY KEY (ordinal, request_id)) WITHOUT ROWID'],
  [', PRIMARY KEY (request_id, ordinal))'],
  [')'],
])('each candidate of a request keeps its own item where the table is declared (…%s', (constraints) => {
  const path = tamper(smallSnapshot(), declared(constraints));
  expect(checkSnapshot(path).problems).toEqual([]);
  const reader = openSnapshot(path);
  try {
    const [columns] = reader.requests(['10']);
    const items = reader.request('10').candidates.map(({ item, inNetwork }) => [item.itemId, inNetwork]);
    expect(items).toEqual([
      ['2', 1],
      ['9007199254740993', 0],
      ['1', 0],
    ]);
    const read = items.map((_, at) => {
      const { item, inNetwork } = columns?.candidates.at(at) ?? {};
      return [item?.itemId, inNetwork];
    });
    expect(read).toEqual(items);
  } finally {
    reader.close();
  }
});

it('a snapshot may do without the table of stills', () => {
  const path = tamper(smallSnapshot(), 'DROP TABLE media');
  expect(checkSnapshot(path).problems).toEqual([]);
  const reader = openSnapshot(path);
  try {
    expect(reader.info.counts.stills).toBe(0);
    expect(reader.item('1')).toMatchObject({ caption: 'caption 1', hasStill: false });
    expect(reader.still('1')).toBeNull();
    expect(reader.requests(['10'])[0]?.candidates.length).toBe(3);
  } finally {
    reader.close();
  }
});

it('features and signals stand in the order of their positions, wherever these begin', () => {
  const path = tamper(
    smallSnapshot(),
    'UPDATE feature SET position = 7 - position; UPDATE signal SET position = 10 * position + 5',
  );
  expect(checkSnapshot(path).problems).toEqual([]);
  const reader = openSnapshot(path);
  try {
    expect(reader.features.map(({ name }) => name)).toEqual(['watched', 'age']);
    expect(reader.signals.map(({ name }) => name)).toEqual(['like', 'play_ms']);
  } finally {
    reader.close();
  }
});
