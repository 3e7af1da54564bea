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
