import type { FeedComparison, FeedItem, FeedSide, ItemArithmetic } from '../../../shared/contract/replay.ts';
import type { ReviewTask } from '../../../shared/contract/review/desk.ts';
import type { Seen } from '../../../shared/domain/review/decision.ts';
import type { ReviewedItem } from '../../../shared/domain/review/reviewed-item.ts';
import type { CampaignFeed, CampaignTerms } from '../../database/review/campaigns.ts';
import { canonicalDigest } from '../signoff/digest.ts';

/** A feed as it is shown, and the digests that pin it. */
export interface ShownFeed {
  readonly shown: Pick<ReviewTask, 'request' | 'items' | 'sides' | 'snapshot' | 'mode'>;
  readonly seen: Seen;
  /** What the workspace keeps of the items shown. */
  readonly items: readonly ReviewedItem[];
}

/**
 * Shows a feed of a campaign: openly the candidate's with its arithmetic; blind both, sides as drawn, without names or
 * scores, and with the items of both in order of id, without what was logged of them, so that nothing tells them apart.
 */
export function showFeed(
  campaign: CampaignTerms,
  { left }: CampaignFeed,
  comparison: FeedComparison,
): ShownFeed {
  const blind = campaign.mode === 'blind';
  const order: readonly ('baseline' | 'candidate')[] = !blind
    ? ['candidate']
    : left === 'baseline'
      ? ['baseline', 'candidate']
      : ['candidate', 'baseline'];
  const feeds = order.map((side) => comparison[side]);
  const sides = feeds.map((side, at) => ({
    name: blind ? (at === 0 ? 'Left feed' : 'Right feed') : 'Feed',
    places: placesOf(side).map(({ itemId }) => itemId),
    arithmetic: blind ? null : side.items,
  }));
  const visible = new Set(sides.flatMap(({ places }) => places));
  const { request, snapshot } = comparison;
  const seen = comparison.items.filter(({ itemId }) => visible.has(itemId));
  const items = blind ? withoutLog(seen) : seen;
  return {
    shown: {
      mode: campaign.mode,
      snapshot: snapshot.digest,
      request,
      items,
      sides,
    },
    seen: {
      snapshot: campaign.snapshot,
      releases: feeds.map(({ ranker }) => ranker.digest),
      feed: canonicalDigest({
        requestId: request.requestId,
        sides: feeds.map((side) => ({
          release: side.ranker.digest,
          places: placesOf(side).map(({ itemId, finalScore }) => ({ itemId, finalScore })),
        })),
      }),
      policies: campaign.policies,
    },
    items: items.map(({ itemId, authorId, caption }) => ({
      itemId,
      authorId,
      caption,
      snapshot: snapshot.digest,
    })),
  };
}

/** What was logged (place, order, feedback on what was shown) points to whoever ranked the log. */
const withoutLog = (items: readonly FeedItem[]): FeedItem[] =>
  items
    .toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1))
    .map((item, ordinal) => Object.assign({}, item, { ordinal, loggedPosition: null, feedback: [] }));

const placesOf = ({ items }: FeedSide): ItemArithmetic[] => items.filter(({ position }) => position !== null);
