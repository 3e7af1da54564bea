import type { ItemArithmetic } from '../../../../shared/contract/replay.ts';
import type { Pair } from '../../../../shared/domain/ranking/pair.ts';

/** An item and the next one below it, as the arithmetic has it; null for the last. */
export const nextOf = ({ beats }: Pick<ItemArithmetic, 'beats'>): Pair | null =>
  beats === null ? null : { rank: beats.rank, above: true, margin: beats.margin, swap: beats.swap };
