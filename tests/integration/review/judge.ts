import type { Ruling } from '../../../shared/domain/review/decision.ts';
import { claimed, type ReviewWorld } from './world.ts';

type Item = Extract<Ruling, { kind: 'item' }>;

export const verdict = (verdict: 'acceptable' | 'not acceptable', note = '') =>
  ({ kind: 'feed', verdict, note }) as const;
export const demote = (
  itemId: string,
  note = '',
  actions: Item['actions'] = ['demote', 'escalate'],
): Item => ({
  kind: 'item',
  itemId,
  actions,
  policy: 'spam',
  reason: 'fraud',
  severity: 2,
  note,
  revealed: true,
});

/** Judges the person's next feed whole: its first item ruled on, and a verdict. */
export async function judge(
  world: ReviewWorld,
  campaign: string,
  said = verdict('acceptable'),
  note = '',
  actions?: Item['actions'],
) {
  const { review } = world.services;
  const { feed, revision, sides, items } = await claimed(world, campaign);
  const itemId = sides[0]?.places[0] ?? '';
  const at = { campaign, feed };
  const first = await review.rule({ ...at, revision, ruling: demote(itemId, note, actions) });
  const { revision: last } = await review.rule({ ...at, revision: first.revision, ruling: said });
  const item = items.find((item) => item.itemId === itemId);
  return { ...at, itemId, item, ...(await review.submit({ ...at, revision: last })) };
}

/** Prefers the left feed of the person's next feed, and escalates its first item. */
export async function judgeBlind(world: ReviewWorld, campaign: string) {
  const { review } = world.services;
  const { feed, revision, sides, request } = await claimed(world, campaign);
  const at = { campaign, feed };
  const item = await review.rule({
    ...{ ...at, revision },
    ruling: {
      ...{ kind: 'item', itemId: sides[0]?.places[0] ?? '', actions: ['demote', 'escalate'] },
      ...{ policy: 'spam', reason: 'fraud', severity: 2, note: 'secret words', revealed: false },
    },
  });
  const last = await review.rule({
    ...{ ...at, revision: item.revision },
    ruling: { kind: 'preference', preferred: 'left', note: 'calmer' },
  });
  await review.submit({ ...at, revision: last.revision });
  return { feed, requestId: request.requestId };
}
