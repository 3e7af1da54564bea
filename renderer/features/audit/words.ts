import { hexOf } from './base64.ts';

/** What an action of the log is called in a sentence; an unknown one keeps its name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'workspace.found': 'founded workspace',
  'roster.import': 'imported the roster',
  'roster.alarm': 'refused, as contradicting the roster,',
  'snapshot.add': 'added snapshot',
  'snapshot.move': 'found elsewhere snapshot',
  'gates.change': 'changed',
  'release.import': 'imported release',
  'release.approve': 'signed approval of',
  'release.refuse': 'signed refusal of',
  'release.submit': 'submitted',
  'release.review': 'took into review',
  'release.withdraw': 'withdrew',
  'release.withdraw-refusal': 'withdrew the refusal of',
  'release.promote': 'put into production',
  'release.roll-back': 'rolled production back to',
  'release.revoke': 'revoked',
  'release.diverge': 'refused, unlike the global team,',
  'signoff.collect': 'took in a signature on',
  'evidence.collect': 'took in a statement on',
  'importance.measure': 'measured which features matter to',
  'release.compare': 'listed the changes of',
  'evidence.freeze': 'froze the evidence of',
  'replay.start': 'started replay',
  'replay.resume': 'resumed replay',
  'replay.finish': 'finished replay',
  'replay.done': 'finished replay',
  'replay.cancelled': 'cancelled replay',
  'replay.failed': 'saw replay fail:',
  'replay.interrupted': 'found interrupted replay',
  'replay.remove': 'removed replay',
  'policy-draft.save': 'saved what-if',
  'policy-draft.remove': 'removed what-if',
  'review.policies': 'imported review policies',
  'review.create': 'began review campaign',
  'review.submit': 'submitted a reviewed feed of',
  'review.reverse': 'reversed a review decision in',
  'review.escalation': 'moved an escalation in',
  'review.merge': 'merged reviews into',
  'review.audit': 'audited review decision',
  'review.bulk': 'changed in bulk decisions',
  'review.hand-over': 'handed over a feed of',
  'review.preferences': 'set care preferences of',
  'review.queue': 'kept review queue',
  'review.queue.remove': 'removed review queue',
  'log.witness': 'held the log against witnessed head',
  'log.alarm': 'found the log contradicted by head',
  'log.redact': 'redacted a text of entry',
};

export const actionWords = (action: string): string => ACTIONS[action] ?? action;

/** What an entry is about: what people call it, and the page it has, if any. */
export interface Subject {
  readonly name: string;
  readonly route: string | null;
}

/** SHA-256 as digests are written, and as checkpoints write their roots. */
const HEX = /^[0-9a-f]{64}$/;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/** The subject as people call it; what is not known by name is cut short where it is a digest. */
export function subjectWords(subject: string, subjects: ReadonlyMap<string, Subject>): string {
  const known = subjects.get(subject)?.name;
  if (known !== undefined) return known;
  const hex = BASE64.test(subject) ? hexOf(subject) : subject;
  return HEX.test(hex) ? hex.slice(0, 8) : subject;
}
