import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { notFound } from '../../../shared/domain/error.ts';
import { Campaign, CampaignMode } from '../../../shared/domain/review/campaign.ts';
import { PolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import type { CampaignReport } from '../../../shared/domain/review/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { prepared } from '../prepared.ts';
import { parsedJson } from './parsed-json.ts';
import { routeFeeds } from './queues.ts';

const CampaignRow = z.object({ id: z.string(), definition: parsedJson(Campaign) });
export type StoredCampaign = z.infer<typeof CampaignRow>;

const HeadRow = z.object({ id: z.string(), definition: parsedJson(Campaign.omit({ feeds: true })) });

/** A campaign as far as lists ask: its feeds may be 100,000 and are not read for them. */
export type CampaignHead = z.infer<typeof HeadRow>;

const LibraryRow = z
  .object({ digest: z.string(), library: parsedJson(PolicyLibrary), imported_at: z.string() })
  .transform(({ imported_at: importedAt, ...row }) => ({ ...row, importedAt }));
export type StoredLibrary = z.infer<typeof LibraryRow>;

/** Every campaign, newest first. */
export function listCampaigns(db: Database): CampaignHead[] {
  return z
    .array(HeadRow)
    .parse(
      db.prepare('SELECT id, head AS definition FROM review_campaign ORDER BY created_at DESC, id').all(),
    );
}

/** The id of the newest campaign on a release; null while there is none. */
export function newestCampaign(db: Database, release: string): string | null {
  const id = prepared(
    db,
    'SELECT id FROM review_campaign WHERE release_digest = ? ORDER BY created_at DESC, id LIMIT 1',
  )
    .pluck()
    .get(release);
  return z.string().optional().parse(id) ?? null;
}

export function getCampaign(db: Database, id: string): StoredCampaign {
  const row = db.prepare('SELECT id, definition FROM review_campaign WHERE id = ?').get(id);
  if (row === undefined)
    throw notFound(`The workspace holds no review campaign ${id}; merge its file first.`);
  return CampaignRow.parse(row);
}

/** What every step of the work asks of a campaign; its definition may name 100,000 feeds and is not read for it. */
const Terms = z.object({
  mode: CampaignMode,
  reviewersPerFeed: z.int(),
  release: z.string(),
  baseline: z.string(),
  snapshot: z.string(),
  policies: z.string(),
});
export type CampaignTerms = z.infer<typeof Terms>;

export function campaignTerms(db: Database, id: string): CampaignTerms {
  const row = prepared(
    db,
    `SELECT mode, reviewers_per_feed AS reviewersPerFeed, release_digest AS release, baseline_digest AS baseline,
         snapshot_digest AS snapshot, policies_digest AS policies FROM review_campaign WHERE id = ?`,
  ).get(id);
  if (row === undefined)
    throw notFound(`The workspace holds no review campaign ${id}; merge its file first.`);
  return Terms.parse(row);
}

const Feed = z.object({ requestId: z.string(), left: z.enum(['baseline', 'candidate']) });
export type CampaignFeed = z.infer<typeof Feed>;

/** One feed of a campaign, by its place in the draw from 0. */
export function campaignFeed(db: Database, campaign: string, feed: number): CampaignFeed {
  const row = prepared(
    db,
    'SELECT request_id AS requestId, left_side AS left FROM review_feed WHERE campaign_id = ? AND feed = ?',
  ).get(campaign, feed);
  if (row === undefined) throw notFound(`The campaign has no feed ${feed + 1}; claim one of its feeds.`);
  return Feed.parse(row);
}

/** How many feeds a campaign has, and how many of them a person submitted. */
export function progressOf(
  db: Database,
  campaign: string,
  person: string,
): { feeds: number; submitted: number } {
  return z.object({ feeds: z.int(), submitted: z.int() }).parse(
    prepared(
      db,
      `SELECT feeds, coalesce((SELECT feeds FROM review_tally WHERE campaign_id = :campaign AND person = :person), 0)
           AS submitted FROM review_campaign WHERE id = :campaign`,
    ).get({ campaign, person }),
  );
}

const StratumCount = z.object({ stratum: z.int(), feeds: z.int(), begun: z.int(), reviewed: z.int() });
const Tally = z.object({ person: z.string(), feeds: z.int(), decisions: z.int() });

/** How much of a campaign is judged, by stratum and by person; golden feeds do not count. */
export function coverageOf(
  db: Database,
  campaign: string,
  strata: Campaign['strata'],
): CampaignReport['coverage'] {
  const counted = z
    .array(StratumCount)
    .parse(
      prepared(db, 'SELECT stratum, feeds, begun, reviewed FROM review_coverage WHERE campaign_id = ?').all(
        campaign,
      ),
    );
  const total = (of: 'feeds' | 'begun' | 'reviewed') => counted.reduce((sum, row) => sum + row[of], 0);
  const none = { feeds: 0, begun: 0, reviewed: 0 };
  return {
    ...{ feeds: total('feeds'), begun: total('begun'), reviewed: total('reviewed') },
    reviewers: z
      .array(Tally)
      .parse(
        db
          .prepare('SELECT person, feeds, decisions FROM review_tally WHERE campaign_id = ? ORDER BY person')
          .all(campaign),
      ),
    strata: strata.map(({ method }, at) => {
      const { feeds, begun, reviewed } = counted.find(({ stratum }) => stratum === at) ?? none;
      return { method, feeds, begun, reviewed };
    }),
  };
}

/** Adds a campaign and its feeds, each in its queue; false when it is there already. */
export function insertCampaign(db: Database, { id, definition }: StoredCampaign): boolean {
  const { feeds, ...head } = definition;
  const { name, release, baseline, snapshot, policies, createdAt, mode, reviewersPerFeed, due } = head;
  const { changes } = db
    .prepare(
      `INSERT INTO review_campaign (id, name, release_digest, definition, created_at, mode, reviewers_per_feed,
         snapshot_digest, baseline_digest, policies_digest, feeds, due, head)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      id,
      name,
      release,
      canonicalJson(definition),
      createdAt,
      mode,
      reviewersPerFeed,
      snapshot,
      baseline,
      policies,
      feeds.length,
      due,
      canonicalJson(head),
    );
  if (changes === 0) return false;
  const insert = db.prepare(
    `INSERT INTO review_feed (campaign_id, feed, request_id, stratum, left_side, wanted, second, labelled, answer, waiting_since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  feeds.forEach(({ requestId, stratum, left, second, labelled, answer }, feed) => {
    const wanted = answer === undefined ? reviewersPerFeed + (second === true ? 1 : 0) : EVERYBODY;
    const known = answer === undefined ? null : canonicalJson(answer);
    insert.run(
      ...[id, feed, requestId, stratum, left, wanted],
      ...[second === true ? 1 : 0, labelled ?? 0, known, createdAt],
    );
  });
  routeFeeds(db, id);
  return true;
}

/** How many people a golden feed waits for: more than there can be. */
const EVERYBODY = 1_000_000;

/** Every version of the policy library, newest first. */
export function listLibraries(db: Database): StoredLibrary[] {
  return z
    .array(LibraryRow)
    .parse(
      db
        .prepare(
          'SELECT digest, library, imported_at FROM review_policies ORDER BY imported_at DESC, rowid DESC',
        )
        .all(),
    );
}

export function getLibrary(db: Database, digest: string): PolicyLibrary {
  const row = db
    .prepare('SELECT digest, library, imported_at FROM review_policies WHERE digest = ?')
    .get(digest);
  if (row === undefined)
    throw notFound(`The workspace holds no policy library ${digest}; import its file first.`);
  return LibraryRow.parse(row).library;
}

/** Adds a version of the policy library; false when it is there already. */
export function insertLibrary(db: Database, { digest, library, importedAt }: StoredLibrary): boolean {
  return (
    db
      .prepare(
        `INSERT INTO review_policies (digest, version, library, imported_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(digest, library.version, canonicalJson(library), importedAt).changes === 1
  );
}
