import { expect, test } from 'vitest';
import { csvOf, fileStem, jsonOf } from '../../../renderer/components/export/table.ts';

const table = {
  columns: ['item', 'share'],
  rows: [
    ['=HYPERLINK("x")', 0.1234567890123],
    ['a, b', null],
  ],
};

test('a table exports as CSV that no spreadsheet takes for a formula, numbers whole', () => {
  expect(csvOf(table)).toBe('item,share\r\n"\'=HYPERLINK(""x"")",0.1234567890123\r\n"a, b",\r\n');
});

test('and as JSON with its title and source, an object a row', () => {
  expect(JSON.parse(jsonOf(table, { title: 'Shares', source: 'a against b' }))).toEqual({
    title: 'Shares',
    source: 'a against b',
    rows: [
      { item: '=HYPERLINK("x")', share: 0.1234567890123 },
      { item: 'a, b', share: null },
    ],
  });
});

test('file names keep letters, digits and versions', () => {
  expect(fileStem('us-2026.11.0 against us-2026.10.0 What differs?')).toBe(
    'us-2026.11.0-against-us-2026.10.0-what-differs',
  );
});
