/** What an action of the log is called in a sentence; an unknown one keeps its name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'roster.import': 'imported the roster',
  'snapshot.add': 'added snapshot',
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
  'release.compare': 'listed the changes of',
  'evidence.freeze': 'froze the evidence of',
  'replay.start': 'started replay',
  'replay.finish': 'finished replay',
  'replay.remove': 'removed replay',
};

export const actionWords = (action: string): string => ACTIONS[action] ?? action;

/** The subject as people call it: names of releases and snapshots for their digests, other digests cut short. */
export const subjectWords = (subject: string, names: ReadonlyMap<string, string>): string =>
  names.get(subject) ?? (/^[0-9a-f]{64}$/.test(subject) ? subject.slice(0, 8) : subject);
