import { z } from 'zod';
import { badInput, refused } from '../error.ts';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';
import { findPolicy, ItemAction, Severity, type PolicyLibrary } from './policy-library.ts';

/**
 * Ids of the items of the feed whose stills were uncovered before the person decided at the desk, in the order they were
 * shown. Decisions of the time before this was kept have none.
 */
const Uncovered = z.array(z.string().min(1)).max(10_000).optional();

/** What a person decides of one item: one action, or several at once (demote and escalate). */
export const ItemRuling = z.strictObject({
  kind: z.literal('item'),
  itemId: z.string().min(1),
  actions: z.array(ItemAction).min(1),
  policy: z.string().nullable(),
  reason: z.string().nullable(),
  severity: Severity.nullable(),
  note: z.string().max(4000),
  /** True when the still was uncovered before the person decided. */
  revealed: z.boolean(),
  uncovered: Uncovered,
});
export type ItemRuling = z.infer<typeof ItemRuling>;

export const FEED_VERDICTS = ['acceptable', 'acceptable with concerns', 'not acceptable'] as const;

/** What a person decides of a feed that is shown openly. */
export const FeedRuling = z.strictObject({
  kind: z.literal('feed'),
  verdict: z.enum(FEED_VERDICTS),
  note: z.string().max(4000),
  uncovered: Uncovered,
});

/** What a person decides of two feeds whose rankers are hidden; `preferred` is the side as it was shown. */
export const PreferenceRuling = z.strictObject({
  kind: z.literal('preference'),
  preferred: z.enum(['left', 'right', 'no difference']),
  note: z.string().max(4000),
  uncovered: Uncovered,
});

export const Ruling = z.discriminatedUnion('kind', [ItemRuling, FeedRuling, PreferenceRuling]);
export type Ruling = z.infer<typeof Ruling>;

/** The digests of what a person saw when they decided. */
export const Seen = z.strictObject({
  snapshot: Sha256,
  /** The releases shown, from left to right. */
  releases: z.array(Sha256).min(1).max(2),
  /** The feed as shown: SHA-256 of the canonical JSON of its places, left to right. */
  feed: Sha256,
  policies: Sha256,
});
export type Seen = z.infer<typeof Seen>;

/** One decision. It is never changed; its id is the SHA-256 of its canonical JSON. */
export const Decision = z.strictObject({
  format: z.literal('stateside-review-decision'),
  campaign: Sha256,
  /** Place of the feed in the campaign's draw, from 0. */
  feed: z.int().nonnegative(),
  requestId: z.string(),
  ruling: Ruling,
  seen: Seen,
  /** Id of the person on the roster, and the key they had unlocked. */
  person: z.string().min(1),
  keyId: Sha256,
  at: Moment,
  /** The decision this one takes the place of. */
  reverses: Sha256.nullable(),
});
export type Decision = z.infer<typeof Decision>;

/** What a ruling is about, so that a later one of the same subject takes the earlier one's place. */
export const subjectOf = (ruling: Ruling): string =>
  ruling.kind === 'item' ? `item ${ruling.itemId}` : 'feed';

/** Refuses a ruling on the feed of the other kind than the campaign's: a verdict where feeds are shown openly, else a preference. */
export function requireMode(ruling: Ruling, mode: 'open' | 'blind'): void {
  const wanted = mode === 'open' ? 'feed' : 'preference';
  if (ruling.kind !== 'item' && ruling.kind !== wanted)
    throw refused(
      `A campaign that is ${mode} takes a ${wanted} ruling on the feed, not a ${ruling.kind} ruling.`,
    );
}

/** Refuses a ruling that its policies do not allow. */
export function requireAllowed(ruling: Ruling, library: PolicyLibrary): void {
  if (ruling.kind !== 'item') return;
  const { actions, policy: id, reason } = ruling;
  if (new Set(actions).size !== actions.length)
    throw badInput(`Item ${ruling.itemId} has the same action twice; keep one.`);
  if (actions.includes('fine')) {
    if (actions.length > 1 || id !== null)
      throw refused(
        `Item ${ruling.itemId} cannot be fine and violate a policy at once; choose one of the two.`,
      );
    return;
  }
  if (id === null) {
    if (actions.some((action) => action !== 'escalate'))
      throw refused(`To ${actions.join(' and ')} item ${ruling.itemId}, name the policy it violates.`);
    return;
  }
  const policy = findPolicy(library, id);
  if (policy === null)
    throw badInput(
      `Policy library ${library.version} has no policy "${id}"; choose one of the policies it has.`,
    );
  const forbidden = actions.find((action) => action !== 'fine' && !policy.actions.includes(action));
  if (forbidden !== undefined)
    throw refused(
      `The policy “${policy.title}” does not allow to ${forbidden}; it allows to ${policy.actions.join(' or ')}.`,
    );
  if (reason === null && policy.reason_required)
    throw refused(`The policy “${policy.title}” asks for a reason code; choose one.`);
  if (reason !== null && !policy.reasons.some(({ code }) => code === reason))
    throw badInput(`The policy “${policy.title}” has no reason code "${reason}"; choose one of its own.`);
}
