/** What an action of the log is called in a sentence; an unknown one keeps its name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'roster.import': 'imported the roster',
  'snapshot.add': 'added snapshot',
  'release.import': 'imported release',
  'release.approve': 'signed approval of',
  'release.refuse': 'signed refusal of',
  'release.promote': 'put into production',
  'evidence.freeze': 'froze the evidence of',
  'replay.start': 'started replay',
  'replay.finish': 'finished replay',
  'replay.remove': 'removed replay',
};

export const actionWords = (action: string): string => ACTIONS[action] ?? action;

/** The subject as people call it: names of releases and snapshots for their digests, other digests cut short. */
export const subjectWords = (subject: string, names: ReadonlyMap<string, string>): string =>
  names.get(subject) ?? (/^[0-9a-f]{64}$/.test(subject) ? subject.slice(0, 8) : subject);
