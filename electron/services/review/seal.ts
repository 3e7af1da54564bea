import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { refused } from '../../../shared/domain/error.ts';
import {
  isReadable,
  isSealed,
  keptBackBetween,
  sealedFeeds,
  uncovers,
  type Reader,
} from '../../database/review/sealed.ts';
import type { Withholds } from '../audit/withheld.ts';
import type { ReviewSession } from './session.ts';

/** What ends it: the words of every refusal that keeps a reviewer blind. */
function remedy(reader: Reader, feeds = 1): string {
  const them = feeds === 1 ? 'it' : 'them';
  return reader === ''
    ? `unlock the key of a lead, or of somebody who judged ${them}`
    : `judge ${them} first, or wait until enough people have`;
}

/** Refuses a decision on a feed that is sealed for the reader. */
export function requireReadable(db: Database, decision: string, reader: Reader): void {
  if (isReadable(db, decision, reader)) return;
  throw refused(
    `The decision is on a feed that is judged blind and that you have not judged; ${remedy(reader)}.`,
  );
}

/** Why a campaign's report is kept from a reader: it tells of every feed, and some are sealed for them. Null when none is. */
export const reportSealedBecause = (db: Database, campaign: string, reader: Reader): string | null =>
  sealedBecause('The report tells', db, campaign, reader);

/** Why what a campaign counts by policy is kept from a reader, likewise. */
export const policiesSealedBecause = (db: Database, campaign: string, reader: Reader): string | null =>
  sealedBecause('Counts by policy tell', db, campaign, reader);

function sealedBecause(what: string, db: Database, campaign: string, reader: Reader): string | null {
  const sealed = sealedFeeds(db, campaign, reader);
  if (sealed === 0) return null;
  return `${what} what others said of ${sealed === 1 ? 'a feed' : `${sealed} feeds`} that you may still judge blind; ${remedy(reader, sealed)}.`;
}

/** Refuses a campaign's report while it is kept from the reader. */
export function requireReportOpen(db: Database, campaign: string, reader: Reader): void {
  const because = reportSealedBecause(db, campaign, reader);
  if (because !== null) throw refused(because);
}

/** Refuses statements of reasons of a period, which are whole or not at all, while some are kept from the reader. */
export function requireNoneKeptBack(db: Database, from: string, to: string, reader: Reader): void {
  const kept = keptBackBetween(db, from, to, reader);
  if (kept === 0) return;
  throw refused(
    `The period has ${kept === 1 ? 'a decision' : `${kept} decisions`} on feeds that you may still judge blind; ${remedy(reader, kept)}.`,
  );
}

interface Shown {
  readonly snapshot: string;
  readonly requestId: string;
}

function requireCovered(db: Database, shown: Shown, rankers: readonly string[], reader: Reader): void {
  const name = uncovers(db, { ...shown, rankers }, reader);
  if (name === null) return;
  throw refused(
    `Request ${shown.requestId} is judged blind in “${name}”, and its feeds by name would tell which is which; ${remedy(reader)}.`,
  );
}

const OfFeed = z.object({ feed: z.int(), to: z.string().optional() });
const OfDecisions = z.object({ decisions: z.array(z.string()) });

/** Withholds what leads and reviewers wrote of a feed that is sealed for who reads. */
export function logWithholds(db: Database, session: { readonly reader: Reader }): Withholds {
  return ({ actor, action, subject, body }) => {
    const { reader } = session;
    if (reader === null || actor === reader) return false;
    switch (action) {
      case 'review.audit':
      case 'review.escalation':
        return !isReadable(db, subject, reader);
      case 'review.bulk':
        return OfDecisions.parse(JSON.parse(body)).decisions.some((id) => !isReadable(db, id, reader));
      case 'review.hand-over': {
        const { feed, to } = OfFeed.parse(JSON.parse(body));
        return to !== reader && isSealed(db, { campaign: subject, feed }, reader);
      }
      default:
        return false;
    }
  };
}

/** Replays without those feeds by which a reviewer at this window would learn which ranker is which. */
export function coveredReplay(
  replay: ServiceApi<'replay'>,
  db: Database,
  session: ReviewSession,
): ServiceApi<'replay'> {
  return {
    ...replay,
    async feed(asked) {
      requireCovered(db, asked, [asked.baseline, asked.candidate], session.reader);
      return replay.feed(asked);
    },
    async attribution(asked) {
      requireCovered(db, asked, [asked.baseline, asked.candidate], session.reader);
      return replay.attribution(asked);
    },
  };
}

/** Weights without the feeds of what-if by which a reviewer at this window would learn which ranker is which. */
export function coveredWeights(
  weights: ServiceApi<'weights'>,
  db: Database,
  session: ReviewSession,
): ServiceApi<'weights'> {
  return {
    ...weights,
    async keptFeed(asked) {
      requireCovered(db, asked, [asked.release], session.reader);
      return weights.keptFeed(asked);
    },
  };
}
