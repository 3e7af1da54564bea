import type { AttributedMove } from '../../../../shared/contract/replay.ts';
import type { ExportTable } from '../../../components/export/table.ts';
import { formatNumber } from '../../../components/number.ts';
import { PARTS } from '../attribution/waterfall.ts';

const SHOWN = 10;
/** Shares of a place that would read as 0.0. */
const NOTHING = 0.05;

/** The items that moved furthest, those that did not move left out. */
export const movedFurthest = (moves: readonly AttributedMove[]): AttributedMove[] =>
  moves.filter(({ total }) => total !== 0).slice(0, SHOWN);

/** How many places each part moves an item, "down 7.2 by the model, up 1.0 by weights". A lower place is a larger number. */
export function partsOfMove({ parts }: Pick<AttributedMove, 'parts'>): string {
  const told = PARTS.flatMap((part) => {
    const by = parts[part];
    if (Math.abs(by) < NOTHING) return [];
    return [`${by > 0 ? 'down' : 'up'} ${formatNumber(Math.abs(by), 1)} by ${part}`];
  });
  return told.length === 0 ? 'nothing moves it' : told.join(', ');
}

export const movesTable = (moves: readonly AttributedMove[]): ExportTable => ({
  columns: ['item', 'place by the baseline', 'place by the candidate', ...PARTS, 'total'],
  rows: moves.map(({ itemId, baseline, candidate, parts, total }) => [
    ...[itemId, baseline, candidate],
    ...PARTS.map((part) => parts[part]),
    total,
  ]),
});
