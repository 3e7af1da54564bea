import type { FeedAttribution, FeedSide, ItemArithmetic } from '../../shared/contract/replay.ts';
import { PARTS } from '../../shared/domain/attribution/parts.ts';
import type { Pair } from '../../shared/domain/ranking/pair.ts';
import { table } from './table.ts';

/** Two items of a feed by their ids, and how near they are. */
export interface NamedPair extends Pair {
  readonly item: string;
  readonly other: string;
  /** Place of the first, from 1. */
  readonly place: number;
}

export function feedText(request: string, { ranker, topK, items }: FeedSide): string {
  const heads = items[0]?.heads.map(({ name }) => name) ?? [];
  const heading = ['place', 'item', 'score', 'base', ...heads, 'multipliers, diversity'];
  const shown = items.filter(({ position }) => position !== null).length;
  return [
    `Request ${request} ranked by ${ranker.name} ${ranker.version}: ${shown} of ${items.length} candidates shown (top ${topK}).`,
    `Under each head stands its contribution, weight × value; they sum to base.`,
    '',
    table([heading, ...items.map(itemRow)]),
  ].join('\n');
}

function itemRow(item: ItemArithmetic): string[] {
  const steps = [...item.multipliers, ...(item.diversity === null ? [] : [item.diversity])];
  const notes = steps.map(({ name, factor }) => `${name} ×${figure(factor)}`);
  if (item.removedBy !== null) notes.push(`removed by ${item.removedBy}`);
  else if (item.position === null) notes.push(`cut (rank ${item.rank})`);
  return [
    item.position?.toString() ?? '',
    item.itemId,
    figure(item.finalScore),
    figure(item.baseScore),
    ...item.heads.map(({ contribution }) => figure(contribution)),
    notes.join(', '),
  ];
}

/** For example "#2 a beats #5 b by 0.0130; it would lose if hate were −81.2 instead of −74." */
export function pairText({ item, other, place, rank, above, margin, swap }: NamedPair): string {
  const [first, second] = [`#${place} ${item}`, `#${rank} ${other}`];
  const stands =
    margin === 0
      ? `ties with ${second} and stands ${above ? 'above it by its smaller' : 'below it by its larger'} id`
      : `${above ? 'beats' : 'loses to'} ${second} by ${figure(margin)}`;
  const turned =
    swap === null
      ? 'no change of a single weight would swap the two'
      : `it would ${above ? 'lose' : 'win'} if ${swap.head} were ${weight(swap.needed)} instead of ${weight(swap.weight)}`;
  return `${first} ${stands}; ${turned}.`;
}

/** Of every measure and every item that changed, what comes from which part; the parts sum to the change. */
export function attributionText({ measures, moves }: FeedAttribution): string {
  const parts = (of: Record<(typeof PARTS)[number], number>): string[] =>
    PARTS.map((part) => figure(of[part]));
  const changed = measures.filter(({ total }) => total !== 0);
  const moved = moves.filter(({ total }) => total !== 0);
  if (changed.length === 0 && moved.length === 0)
    return 'Nothing changes from the feed of the other release.';
  return [
    'What changes from the feed of the other release, and what comes from which part (Shapley values; they sum to the change):',
    table([
      ['measure', 'change', ...PARTS],
      ...changed.map(({ id, total, parts: of }) => [id, figure(total)].concat(parts(of))),
    ]),
    '',
    'Places of items, from 1; down is a larger place:',
    table([
      ['item', 'from', 'to', ...PARTS],
      ...moved.map(({ itemId, baseline, candidate, parts: of }) =>
        [itemId, baseline.toString(), candidate.toString()].concat(parts(of)),
      ),
    ]),
  ].join('\n');
}

const figure = (value: number): string => value.toFixed(4).replace('-', '−');
const weight = (value: number): string => String(Number(value.toPrecision(6))).replace('-', '−');
