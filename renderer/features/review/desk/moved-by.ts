import type { FeedItem, ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { formatSigned, formatWeight } from '../../../components/number.ts';

/** What moved an item to its place: the head that counts most, what multiplied its score, and its place in the log. */
export function movedBy(score: ItemArithmetic | undefined, item: FeedItem | undefined): string {
  const [most] = score?.heads.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)) ?? [];
  const steps =
    score === undefined ? [] : [...score.multipliers, ...(score.diversity === null ? [] : [score.diversity])];
  return [
    most === undefined || most.contribution === 0
      ? null
      : `${most.name} ${formatSigned(most.contribution, 2)}`,
    ...steps
      .filter(({ factor }) => factor !== 1)
      .map(({ name, factor }) => `${name} × ${formatWeight(factor, 3)}`),
    item === undefined || item.loggedPosition === null ? null : `#${item.loggedPosition} in the log`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
