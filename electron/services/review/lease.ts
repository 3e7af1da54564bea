import type { Database } from 'better-sqlite3';
import { badInput, refused, StatesideError } from '../../../shared/domain/error.ts';
import {
  findAssignment,
  holdersOf,
  keepAssignment,
  nextFeed,
  type Assignment,
  type Next,
  type Place,
  type Where,
} from '../../database/review/assignments.ts';
import { campaignFeed } from '../../database/review/campaigns.ts';
import { listQueues } from '../../database/review/queues.ts';
import type { AuditLog } from '../audit/audit-log.ts';

const LEASE_MS = 15 * 60_000;
/** Whoever gets a feed handed over has a day to take it up. */
const HANDED_MS = 24 * 60 * 60_000;
const LONGEST_HOLD_MS = 7 * 24 * 60 * 60_000;

const NEW: Omit<Assignment, 'leaseUntil'> = {
  state: 'working',
  revision: 0,
  steps: [],
  from: null,
  note: '',
};

const after = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

/** Until when a feed is somebody's who works on it at `now`. */
export const leaseFrom = (now: string): string => after(now, LEASE_MS);

export interface Claimed {
  readonly campaign: string;
  readonly feed: number;
  readonly assignment: Assignment;
}

/** A campaign, one feed of it, a queue, or null for whatever is most urgent. */
export type Wanted = Where | { readonly campaign: string; readonly feed: number } | null;

/** Gives a person the next feed; a claim of theirs that ran out is renewed with all that was ruled. */
export function claim(db: Database, wanted: Wanted, person: string, now: string): Claimed | null {
  return db
    .transaction(() => {
      const next = find(db, wanted, person, now);
      return next === null ? null : take(db, next, person, now);
    })
    .immediate();
}

/** What `claim` would give there after `feed` is submitted, without taking it. */
export const peek = (db: Database, where: Where, feed: number, person: string, now: string): Next =>
  nextFeed(db, where, person, now, feed);

function find(db: Database, wanted: Wanted, person: string, now: string): Next {
  if (wanted === null) {
    for (const { id } of listQueues(db)) {
      const next = nextFeed(db, { queue: id }, person, now);
      if (next !== null) return next;
    }
    return null;
  }
  if (!('feed' in wanted)) return nextFeed(db, wanted, person, now);
  campaignFeed(db, wanted.campaign, wanted.feed);
  if (findAssignment(db, { ...wanted, person })?.state === 'submitted')
    throw refused(`You submitted feed ${wanted.feed + 1} already; reverse a decision of it instead.`);
  return wanted;
}

function take(db: Database, { campaign, feed }: NonNullable<Next>, person: string, now: string): Claimed {
  const place = { campaign, feed, person };
  const known = findAssignment(db, place);
  const assignment: Assignment = { ...(known ?? NEW), state: 'working', leaseUntil: leaseFrom(now) };
  keepAssignment(db, place, assignment);
  return { campaign, feed, assignment };
}

/** Leaves a feed aside for a person, because of a topic they opted out of; others judge it. */
export function setAside(db: Database, place: Place, now: string): void {
  change(db, place, () => ({ state: 'set aside', leaseUntil: now, note: 'a topic they opted out of' }));
}

/** Prolongs the lease of a feed the person works on. */
export function renew(db: Database, place: Place, now: string): string {
  return change(db, place, ({ state, leaseUntil }) =>
    state === 'held' ? { leaseUntil } : { leaseUntil: leaseFrom(now) },
  ).leaseUntil;
}

/** Keeps a feed for the person until `until`, and takes it off what they get next. */
export function hold(db: Database, place: Place, until: string, note: string, now: string): void {
  const left = Date.parse(until) - Date.parse(now);
  if (!(left > 0 && left <= LONGEST_HOLD_MS))
    throw badInput(`A feed is held until a moment within the next seven days, not ${until}; choose another.`);
  change(db, place, () => ({ state: 'held', leaseUntil: new Date(until).toISOString(), note }));
}

/** Lets go of a feed; what was ruled stays, and comes back when the person claims it again. */
export function giveBack(db: Database, place: Place, now: string): void {
  change(db, place, () => ({ state: 'handed over', leaseUntil: now }));
}

/** Leaves a feed to another person, who judges it anew; the log tells of it. */
export function handOver(
  db: Database,
  log: AuditLog,
  place: Place,
  to: { readonly person: string; readonly note: string },
  now: string,
): void {
  const { campaign, feed, person } = place;
  if (to.person === person) throw refused('The feed is yours already; choose somebody else.');
  db.transaction(() => {
    const theirs = findAssignment(db, { campaign, feed, person: to.person });
    if (theirs?.state === 'submitted')
      throw refused(`${to.person} submitted feed ${feed + 1} already; choose somebody else.`);
    change(db, place, () => ({ state: 'handed over', leaseUntil: now, note: to.note }));
    keepAssignment(
      db,
      { campaign, feed, person: to.person },
      {
        ...(theirs ?? NEW),
        ...{ state: 'working', leaseUntil: after(now, HANDED_MS), from: person, note: to.note },
      },
    );
    log.append({
      ...{ at: now, actor: person, action: 'review.hand-over', subject: campaign },
      body: { feed, to: to.person },
      texts: { note: to.note },
    });
  }).immediate();
}

/** Changes work that is under way; refused when the person has none there or has submitted it. */
function change(db: Database, place: Place, to: (now: Assignment) => Partial<Assignment>): Assignment {
  return db
    .transaction(() => {
      const assignment = findAssignment(db, place);
      const where = `feed ${place.feed + 1}`;
      if (assignment === null || assignment.state === 'handed over')
        throw new StatesideError('conflict', `You no longer work on ${where}; claim it again.`);
      if (assignment.state === 'submitted')
        throw new StatesideError('conflict', `${where} was submitted meanwhile; go on to the next feed.`);
      const changed = { ...assignment, ...to(assignment) };
      keepAssignment(db, place, changed);
      return changed;
    })
    .immediate();
}

/** Who else works on a feed now. */
export const othersAt = (
  db: Database,
  { campaign, feed, person }: Place,
  now: string,
): { person: string; leaseUntil: string }[] =>
  holdersOf(db, campaign, feed, now)
    .filter((holder) => holder.person !== person)
    .map(({ person: other, leaseUntil }) => ({ person: other, leaseUntil }));
