import { campaignFeed, campaignTerms } from '../../database/review/campaigns.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { rankerOf, refOf } from '../replay/ranker.ts';
import { showFeed, type ShownFeed } from './task.ts';

/** Enough for the feed at the desk, the one before it and the next. */
const KEPT = 8;

/** Feeds as the desk shows them. Ranking is deterministic, so one that was shown is not ranked again to be submitted. */
export class ShownFeeds {
  readonly #context: ServiceContext;
  readonly #kept = new Map<string, Promise<ShownFeed>>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  async get(campaign: string, feed: number): Promise<ShownFeed> {
    const key = `${campaign} ${feed}`;
    const shown = this.#kept.get(key) ?? this.#rank(campaign, feed);
    this.#kept.delete(key);
    this.#kept.set(key, shown);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    try {
      return await shown;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  /** Ranks a feed ahead, so that it is there when it is wanted; why it could not be is told then. */
  prepare(campaign: string, feed: number): void {
    this.get(campaign, feed).catch(() => {});
  }

  async #rank(campaign: string, feed: number): Promise<ShownFeed> {
    const { workspace, pool, bundles, snapshotFiles } = this.#context;
    const terms = campaignTerms(workspace.db, campaign);
    const drawn = campaignFeed(workspace.db, campaign, feed);
    const { info } = getSnapshot(workspace.db, terms.snapshot);
    await snapshotFiles.require(info);
    const side = async (digest: string) => {
      const bundle = await bundles.get(digest);
      return { ranker: rankerOf(bundle), ref: refOf(bundle) };
    };
    const comparison = await pool.ask('feed', {
      snapshot: { path: info.path, digest: terms.snapshot, name: info.meta.name },
      baseline: await side(terms.baseline),
      candidate: await side(terms.release),
      requestId: drawn.requestId,
    });
    return showFeed(terms, drawn, comparison);
  }
}
