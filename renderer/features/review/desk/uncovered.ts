import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';

/**
 * The items of a feed whose stills were seen, in the order of its cards: those that were uncovered, and where nothing
 * covers stills by the person's or the team's wish, every item that has one.
 */
export function seenStills(
  { sides, items }: Pick<ReviewTask, 'sides' | 'items'>,
  revealed: ReadonlySet<string>,
  { blur, grey }: Pick<Preferences, 'blur' | 'grey'>,
): string[] {
  const covered = blur || grey;
  const stills = new Set(items.filter(({ hasStill }) => hasStill).map(({ itemId }) => itemId));
  return [...new Set(sides.flatMap(({ places }) => places))].filter(
    (itemId) => stills.has(itemId) && (!covered || revealed.has(itemId)),
  );
}
