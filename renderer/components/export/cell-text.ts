import type { Cell } from '../../../shared/domain/csv.ts';
import { formatWeight } from '../number.ts';

/** A plain cell as people read it: six significant digits, a dash where there is nothing. */
export function cellText(cell: Cell): string {
  if (cell === null) return '–';
  return typeof cell === 'number' ? formatWeight(cell, 6) : cell;
}
