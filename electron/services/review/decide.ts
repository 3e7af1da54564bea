import type { Database } from 'better-sqlite3';
import type { Draft } from '../../../shared/contract/review/desk.ts';
import type { Reviewer } from '../../../shared/contract/review/personal.ts';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import {
  requireAllowed,
  requireMode,
  subjectOf,
  type Decision,
  type Ruling,
} from '../../../shared/domain/review/decision.ts';
import { rulingsOf } from '../../../shared/domain/review/draft.ts';
import { decidedWords } from '../../../shared/domain/review/ruling-words.ts';
import { findAssignment, keepAssignment, type Assignment } from '../../database/review/assignments.ts';
import { campaignFeed, campaignTerms, getLibrary } from '../../database/review/campaigns.ts';
import {
  getDecision,
  insertDecision,
  reversalsOf,
  type StoredDecision,
} from '../../database/review/decisions.ts';
import { addEscalationStep } from '../../database/review/escalations.ts';
import { keepItems } from '../../database/review/items.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { identifiedStep } from './escalation-steps.ts';
import { leaseFrom } from './lease.ts';
import type { ShownFeed } from './task.ts';

/** A feed of a campaign as one person works on it. */
export interface At {
  readonly campaign: string;
  readonly feed: number;
  /** The draft the person saw. */
  readonly revision: number;
}

/** Adds a ruling to a draft. Refused where it speaks of an item that is not in the feed as it was shown. */
export function addRuling(
  db: Database,
  at: At,
  person: string,
  ruling: Ruling,
  { items }: Pick<ShownFeed, 'items'>,
  now: string,
): Draft {
  return changeDraft(db, at, person, now, (steps) => {
    requireSuits(db, at.campaign, ruling);
    const shown = new Set(items.map(({ itemId }) => itemId));
    if (ruling.kind === 'item' && !shown.has(ruling.itemId))
      throw refused(
        `Item ${ruling.itemId} is not in feed ${at.feed + 1} as it is shown; rule on an item that is.`,
      );
    const unseen = ruling.uncovered?.find((itemId) => !shown.has(itemId));
    if (unseen !== undefined)
      throw refused(
        `Item ${unseen}, said to be uncovered, is not in feed ${at.feed + 1} as it is shown; name items that are.`,
      );
    return [...steps, ruling];
  });
}

/** Takes the last ruling of a draft back. */
export const undoRuling = (db: Database, at: At, person: string, now: string): Draft =>
  changeDraft(db, at, person, now, (steps) => steps.slice(0, -1));

/** Changes the steps of a draft; the lease is renewed. */
function changeDraft(
  db: Database,
  at: At,
  person: string,
  now: string,
  to: (steps: readonly Ruling[]) => Ruling[],
): Draft {
  return db
    .transaction(() => {
      const draft = requireDraft(db, at, person);
      const changed: Assignment = {
        ...draft,
        state: 'working',
        leaseUntil: leaseFrom(now),
        revision: draft.revision + 1,
        steps: to(draft.steps),
      };
      keepAssignment(db, { ...at, person }, changed);
      return changed;
    })
    .immediate();
}

/** Makes a draft's rulings decisions, in one transaction with the log entry that names them all. */
export function submit(
  db: Database,
  log: AuditLog,
  at: At,
  by: Pick<Reviewer, 'person' | 'keyId'>,
  { seen, items }: Pick<ShownFeed, 'seen' | 'items'>,
  now: string,
): string[] {
  return db
    .transaction(() => {
      const draft = requireDraft(db, at, by.person);
      const rulings = rulingsOf(draft.steps);
      if (!rulings.some((ruling) => subjectOf(ruling) === 'feed'))
        throw refused('The feed has no verdict yet; give one, then submit.');
      const { requestId } = campaignFeed(db, at.campaign, at.feed);
      const decisions = rulings.map((ruling) =>
        identified({
          format: 'stateside-review-decision',
          campaign: at.campaign,
          feed: at.feed,
          requestId,
          ruling,
          seen,
          person: by.person,
          keyId: by.keyId,
          at: now,
          reverses: null,
        }),
      );
      const judged = new Set(rulings.flatMap((ruling) => (ruling.kind === 'item' ? [ruling.itemId] : [])));
      keepItems(
        db,
        items.filter(({ itemId }) => judged.has(itemId)),
      );
      for (const stored of decisions) keep(db, stored);
      keepAssignment(db, { ...at, person: by.person }, { ...draft, state: 'submitted', steps: [] });
      const ids = decisions.map(({ id }) => id);
      log.append({
        at: now,
        actor: by.person,
        action: 'review.submit',
        subject: at.campaign,
        body: { feed: at.feed, request: requestId, keyId: by.keyId, decisions: ids },
      });
      return ids;
    })
    .immediate();
}

/** Puts a new decision in the place of an old one of the same subject, with its log entry. */
export function reverse(
  db: Database,
  log: AuditLog,
  old: string,
  ruling: Ruling,
  by: Pick<Reviewer, 'person' | 'keyId'>,
  now: string,
): StoredDecision {
  return db
    .transaction(() => {
      const stored = replace(db, old, ruling, by, now);
      const { campaign, feed } = stored.decision;
      log.append({
        at: now,
        actor: by.person,
        action: 'review.reverse',
        subject: campaign,
        body: { feed, keyId: by.keyId, reverses: old, decision: stored.id },
      });
      return stored;
    })
    .immediate();
}

/** Inside a transaction that logs it: a new decision in the place of `old`. Refused when another took its place already. */
export function replace(
  db: Database,
  old: string,
  ruling: Ruling,
  by: Pick<Reviewer, 'person' | 'keyId'>,
  now: string,
): StoredDecision {
  const decision = getDecision(db, old);
  const [other] = reversalsOf(db, old);
  if (other !== undefined)
    throw conflict(
      `${other.decision.person} reversed this decision at ${other.decision.at}: ${whatChanged(decision.ruling, other.decision.ruling)}; read it again and reverse that one.`,
    );
  if (decision.person !== by.person)
    throw refused(
      `The decision is ${decision.person}'s; only they reverse it, and others escalate the item.`,
    );
  if (subjectOf(decision.ruling) !== subjectOf(ruling))
    throw refused(
      `A reversal speaks of the same as the decision it names (${subjectOf(decision.ruling)}), not of ${subjectOf(ruling)}.`,
    );
  requireSuits(db, decision.campaign, ruling);
  const stored = identified({ ...decision, ruling, keyId: by.keyId, at: now, reverses: old });
  keep(db, stored);
  return stored;
}

function whatChanged(before: Ruling, after: Ruling): string {
  const [old, now] = [decidedWords(before), decidedWords(after)];
  return old === now
    ? `on ${subjectOf(after)} it still says “${now}”, with another note`
    : `on ${subjectOf(after)} it now says “${now}”, not “${old}”`;
}

const identified = (decision: Decision): StoredDecision => ({ id: canonicalDigest(decision), decision });

/** Adds a decision, and opens an escalation where it asks for one. False when it is there already. */
export function keep(db: Database, stored: StoredDecision): boolean {
  if (!insertDecision(db, stored)) return false;
  const { ruling, person, at } = stored.decision;
  if (ruling.kind === 'item' && ruling.actions.includes('escalate'))
    addEscalationStep(
      db,
      identifiedStep({
        ...{ decision: stored.id, state: 'escalated', person, at, comment: ruling.note },
        ...{ owner: null, due: null },
      }),
    );
  return true;
}

export function requireSuits(db: Database, campaign: string, ruling: Ruling): void {
  const { mode, policies } = campaignTerms(db, campaign);
  requireMode(ruling, mode);
  requireAllowed(ruling, getLibrary(db, policies));
}

/** The person's draft as they saw it; else a conflict that says what changed. */
function requireDraft(db: Database, at: At, person: string): Assignment {
  const draft = findAssignment(db, { ...at, person });
  if (draft === null) throw refused(`Feed ${at.feed + 1} is not yours yet; claim it first.`);
  if (draft.state === 'submitted')
    throw conflict(`Feed ${at.feed + 1} was submitted meanwhile, in another window; go on to the next feed.`);
  if (draft.state === 'handed over')
    throw conflict(`Feed ${at.feed + 1} was handed over meanwhile; claim it again to go on with it.`);
  if (draft.revision !== at.revision) {
    const last = draft.steps.at(-1);
    const what = last === undefined ? 'all was undone' : `the last ruling is now on ${subjectOf(last)}`;
    throw conflict(
      `The draft of feed ${at.feed + 1} was changed in another window (${what}); load it again and go on.`,
    );
  }
  return draft;
}

const conflict = (message: string): StatesideError => new StatesideError('conflict', message);
