import type { Cell } from '../csv.ts';
import { conditionWords } from './condition-words.ts';
import type { Formula } from './formula.ts';
import type { FormulaWorth } from './worth.ts';

type Row = readonly Cell[];

const HEADER =
  'rule|name|output|kind|weight or factor|least|most|scale|clamp from|clamp to|when|share of score|spread of share|flips per 1,000 pairs|since|compared with'.split(
    '|',
  );

/** A formula as one table: a header, then a row for each rule, heads first. */
export function formulaRows(
  { heads, multipliers, filters, diversity, top_k }: Formula,
  known: { since: Readonly<Record<string, string>>; worth: FormulaWorth | null; other: Formula | null },
): Row[] {
  const none = Array.from<Cell>({ length: 5 }).fill(null);
  const other = new Map(known.other?.heads.map(({ name, weight }) => [name, weight]));
  const factors = new Map(known.other?.multipliers.map(({ name, factor }) => [name, factor]));
  return [
    HEADER,
    ...heads.map(({ name, output, kind, weight, min, max, scale, clamp }): Row => {
      const worth = known.worth?.heads.find((head) => head.name === name);
      const bounds = [min, max, scale, clamp?.min ?? null, clamp?.max ?? null];
      const measured = [worth?.share?.mean ?? null, worth?.share?.deviation ?? null, worth?.flips ?? null];
      return [
        'head',
        name,
        output,
        kind,
        weight,
        ...bounds,
        null,
        ...measured,
        known.since[name] ?? null,
        other.get(name) ?? null,
      ];
    }),
    ...multipliers.map(({ name, factor, when }): Row => {
      const condition = when === null ? 'always' : conditionWords(when);
      return [
        'multiplier',
        name,
        null,
        null,
        factor,
        ...none,
        condition,
        null,
        null,
        null,
        null,
        factors.get(name) ?? null,
      ];
    }),
    ...filters.map(({ name, when }): Row => [
      'filter',
      name,
      null,
      null,
      null,
      ...none,
      when === null ? null : conditionWords(when),
      ...none,
    ]),
    ...(diversity === null
      ? []
      : [
          [
            'diversity',
            diversity.by,
            null,
            null,
            null,
            ...none,
            `decay ${diversity.decay}, floor ${diversity.floor}`,
            ...none,
          ],
        ]),
    ['feed', 'length', null, null, top_k, ...none, null, ...none],
  ];
}

/** A table as Markdown. */
export function markdown([header = [], ...rows]: readonly Row[]): string {
  const line = (row: Row): string => `| ${row.map(markdownCell).join(' | ')} |\n`;
  return `${line(header)}${line(header.map(() => '---'))}${rows.map(line).join('')}`;
}

const markdownCell = (cell: Cell): string =>
  cell === null ? '' : String(cell).replaceAll(/[\\|]/g, '\\$&').replaceAll(/\s+/g, ' ');
