import type { Database } from 'better-sqlite3';
import type { CampaignInput, CampaignRow } from '../../../shared/contract/review/campaigns.ts';
import { refused } from '../../../shared/domain/error.ts';
import { Campaign } from '../../../shared/domain/review/campaign.ts';
import { drawFeeds, drawSecond, mixGolden } from '../../../shared/domain/review/draw.ts';
import {
  coverageOf,
  getLibrary,
  insertCampaign,
  progressOf,
  type CampaignHead,
  type StoredCampaign,
} from '../../database/review/campaigns.ts';
import { drawableRequests } from '../../database/review/drawable.ts';
import { findRelease } from '../../database/workspace/releases.ts';
import { getReplay } from '../../database/workspace/replays.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { Random } from '../snapshots/synth/random.ts';

/** Draws feeds from a finished replay and keeps them as a campaign, with its log entry. */
export function createCampaign(
  db: Database,
  log: AuditLog,
  input: CampaignInput,
  person: string,
  now: string,
): StoredCampaign {
  const { replayId, name, mode, reviewersPerFeed, policies, due, seed, strata } = input;
  const { golden = [], secondReview = 0 } = input;
  const replay = getReplay(db, replayId);
  if (replay.state !== 'done' || replay.reportDigest === null)
    throw refused(`Replay ${replayId} is ${replay.state}; draw from a finished one.`);
  for (const { kind, name: ranker, version } of [replay.baseline, replay.candidate]) {
    if (kind !== undefined)
      throw refused(`${ranker} ${version} is no release; draw from a replay of two releases.`);
  }
  getLibrary(db, policies);
  const requests = drawableRequests(db, replayId);
  const random = Random.seeded(seed);
  const known = new Set(golden.map(({ requestId }) => requestId));
  const others = requests.filter(({ requestId }) => !known.has(requestId));
  const drawn = drawSecond(drawFeeds(others, strata, random), secondReview, random);
  const feeds = mixGolden(drawn, golden, requests, random);
  if (drawn.length === 0)
    throw refused(
      `No request of the replay suits ${strata.map(({ method }) => `“${method}”`).join(' or ')}; draw otherwise.`,
    );
  const definition = Campaign.parse({
    format: 'stateside-review-campaign',
    name,
    release: replay.candidate.digest,
    baseline: replay.baseline.digest,
    snapshot: replay.snapshot.digest,
    replayReport: replay.reportDigest,
    mode,
    reviewersPerFeed,
    policies,
    due,
    seed,
    strata,
    feeds,
    createdBy: person,
    createdAt: now,
  });
  const stored = { id: canonicalDigest(definition), definition };
  db.transaction(() => {
    insertCampaign(db, stored);
    const body = { name, mode, feeds: feeds.length, seed, release: definition.release };
    log.append({ at: now, actor: person, action: 'review.create', subject: stored.id, body });
  }).immediate();
  return stored;
}

/** A campaign as it is listed for a person; null when nobody has unlocked a key. */
export function campaignRow(
  db: Database,
  { id, definition }: CampaignHead,
  person: string | null,
): CampaignRow {
  const { name, mode, snapshot, policies, reviewersPerFeed, due, createdBy, createdAt } = definition;
  const ref = (digest: string): CampaignRow['release'] => {
    const manifest = findRelease(db, digest)?.manifest;
    if (manifest === undefined)
      return { name: 'not in this workspace', version: digest.slice(0, 8), team: 'us', digest };
    return { name: manifest.name, version: manifest.version, team: manifest.team, digest };
  };
  return {
    id,
    name,
    mode,
    release: ref(definition.release),
    baseline: ref(definition.baseline),
    snapshot,
    policies,
    reviewersPerFeed,
    due,
    createdBy,
    createdAt,
    coverage: coverageOf(db, id, definition.strata),
    submitted: person === null ? 0 : progressOf(db, id, person).submitted,
  };
}
