import { basename } from 'node:path';
import type { Database } from 'better-sqlite3';
import { badInput, StatesideError } from '../../../../shared/domain/error.ts';
import { conflictsAmong, type CampaignReport } from '../../../../shared/domain/review/report.ts';
import type { RosterKey } from '../../../../shared/domain/roster/keyring.ts';
import { insertCampaign, insertLibrary } from '../../../database/review/campaigns.ts';
import { hasDecision } from '../../../database/review/decisions.ts';
import { addEscalationStep } from '../../../database/review/escalations.ts';
import { keepItems } from '../../../database/review/items.ts';
import { judgementsOf } from '../../../database/review/judgements.ts';
import { insertLeadAudit } from '../../../database/review/lead-audits.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { canonicalDigest } from '../../signoff/digest.ts';
import { keep } from '../decide.ts';
import { identifiedStep } from '../escalation-steps.ts';
import { notAdmittedBecause, type Terms } from './admit.ts';
import { openCandidates } from './candidates.ts';
import type { Piece } from './format.ts';
import { openCampaignFile, type SignedCampaign } from './read.ts';

export interface Merged {
  readonly campaign: string;
  readonly signedBy: string;
  readonly added: number;
  readonly known: number;
  readonly conflicts: CampaignReport['conflicts'];
}

export interface MergeTask {
  readonly path: string;
  /** Of the workspace's roster. */
  readonly keys: readonly RosterKey[];
  readonly actor: string;
  /** ISO 8601. */
  readonly now: string;
}

export interface Watched {
  /** Whether to end and leave nothing; asked after each line that was read and each piece that was merged. */
  readonly stopped?: () => boolean;
  /** Pieces merged so far, of all. */
  readonly progress?: (done: number, total: number) => void;
}

/** An entry of the log names so many rows at most, however long a file is. */
const NAMED = 1000;

/**
 * Adds what a campaign's file holds and this workspace lacks, in one transaction. Nothing is ever replaced, so merging
 * twice changes nothing. Refuses a file that is not signed as it stands, whose parts do not belong together, or with a decision that the desk of
 * its campaign would not have taken; then, and when it is stopped or killed, nothing of it is there.
 */
export function mergeCampaign(
  db: Database,
  log: AuditLog,
  { path, keys, actor, now }: MergeTask,
  { stopped = () => false, progress = () => {} }: Watched = {},
): Merged {
  const heed = (): void => {
    if (stopped())
      throw new StatesideError('cancelled', 'The merge was stopped, and nothing of the file was kept.');
  };
  const file = openCampaignFile(path, keys, heed);
  const { signer, campaign, policies, firstLine, length, pieces } = file;
  const id = canonicalDigest(campaign);
  const refuse = (what: string) => badInput(`${basename(path)}: ${what}; export the campaign again`);
  if (canonicalDigest(policies) !== campaign.policies)
    throw refuse('its policies are not those the campaign names');
  const count = { decisions: 0, added: 0 };
  const candidates = openCandidates(db, campaign.snapshot);
  const mergeAll = db.transaction(() => {
    const names = new LoggedNames(log, { at: now, actor, subject: id }, signer);
    const newLibrary = insertLibrary(db, { digest: campaign.policies, library: policies, importedAt: now });
    if (insertCampaign(db, { id, definition: campaign }) || newLibrary) names.changed = true;
    const merging = {
      ...{ db, file, id, names, count, refuse, candidates },
      keys: new Map(keys.map((key) => [key.keyId, key])),
    };
    let done = 0;
    for (const piece of pieces) {
      mergePiece(merging, piece, firstLine === null ? '' : `line ${firstLine + done}, `);
      progress((done += 1), length);
      heed();
    }
    names.write();
  });
  try {
    mergeAll.immediate();
  } finally {
    candidates?.close();
  }
  return {
    campaign: id,
    signedBy: signer.person.name,
    added: count.added,
    known: count.decisions - count.added,
    conflicts: conflictsAmong(judgementsOf(db, id), campaign),
  };
}

interface Merging extends Terms {
  readonly file: SignedCampaign;
  /** The campaign's. */
  readonly id: string;
  readonly names: LoggedNames;
  readonly count: { decisions: number; added: number };
  readonly refuse: (what: string) => StatesideError;
}

/** `line` begins what is said of a row. */
function mergePiece(merging: Merging, piece: Piece, line: string): void {
  const { db, id, names, count, refuse } = merging;
  const requireKnown = (decision: string): void => {
    if (!hasDecision(db, decision))
      throw refuse(`it speaks of the decision ${decision}, which neither it nor the workspace holds`);
  };
  if ('items' in piece) {
    if (keepItems(db, piece.items) > 0) names.changed = true;
    return;
  }
  if ('decisions' in piece) {
    for (const [at, decision] of piece.decisions.entries()) {
      const which = `${line}decision ${at + 1}`;
      count.decisions += 1;
      if (decision.campaign !== id) throw refuse(`${which} is of another campaign`);
      const stored = { id: canonicalDigest(decision), decision };
      if (hasDecision(db, stored.id)) continue;
      const because = notAdmittedBecause(merging, stored);
      if (because !== null) throw refuse(`${which} ${because}`);
      keep(db, stored);
      count.added += 1;
      names.add('decisions', stored.id);
    }
    return;
  }
  if ('escalations' in piece) {
    for (const step of piece.escalations) {
      requireKnown(step.decision);
      const stored = identifiedStep(step);
      if (addEscalationStep(db, stored)) names.add('escalations', stored.id);
    }
    return;
  }
  for (const audit of piece.audits) {
    requireKnown(audit.decision);
    const stored = canonicalDigest(audit);
    if (insertLeadAudit(db, stored, audit)) names.add('audits', stored);
  }
}

/** Names everything that a merge adds in the log, in as many entries as it takes. */
class LoggedNames {
  /** Whether there is something to tell that has no name of its own. */
  changed = false;
  readonly #log: AuditLog;
  readonly #of: { readonly at: string; readonly actor: string; readonly subject: string };
  readonly #signer: RosterKey;
  #names = noNames();
  #held = 0;

  constructor(log: AuditLog, of: { at: string; actor: string; subject: string }, signer: RosterKey) {
    this.#log = log;
    this.#of = of;
    this.#signer = signer;
  }

  add(kind: 'decisions' | 'escalations' | 'audits', id: string): void {
    this.#names[kind].push(id);
    this.#held += 1;
    if (this.#held === NAMED) this.write();
  }

  /** Writes what is to be told still. */
  write(): void {
    if (this.#held === 0 && !this.changed) return;
    const { person, keyId } = this.#signer;
    const body = { signedBy: person.id, keyId, ...this.#names };
    this.#log.append({ ...this.#of, action: 'review.merge', body });
    [this.#names, this.#held, this.changed] = [noNames(), 0, false];
  }
}

const noNames = (): Record<'decisions' | 'escalations' | 'audits', string[]> => ({
  ...{ decisions: [], escalations: [], audits: [] },
});
