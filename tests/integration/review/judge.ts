import type { Ruling } from '../../../shared/domain/review/decision.ts';
import { claimed, type ReviewWorld } from './world.ts';

type Item = Extract<Ruling, { kind: 'item' }>;

export const verdict = (verdict: 'acceptable' | 'not acceptable', note = '') =>
  ({ kind: 'feed', verdict, note }) as const;
export const demote = (itemId: string, note = ''): Item => ({
  kind: 'item',
  itemId,
  actions: ['demote', 'escalate'],
  policy: 'spam',
  reason: 'fraud',
  severity: 2,
  note,
  revealed: true,
});

/** Judges the person's next feed whole: its first item demoted, and a verdict. */
export async function judge(world: ReviewWorld, campaign: string, said = verdict('acceptable'), note = '') {
  const { review } = world.services;
  const { feed, revision, sides } = await claimed(world, campaign);
  const first = await review.rule({
    campaign,
    feed,
    revision,
    ruling: demote(sides[0]?.places[0] ?? '', note),
  });
  const { revision: last } = await review.rule({ campaign, feed, revision: first.revision, ruling: said });
  return { feed, ...(await review.submit({ campaign, feed, revision: last })) };
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
