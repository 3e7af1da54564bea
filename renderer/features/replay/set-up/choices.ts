import type { ReplayInput } from '../../../../shared/contract/replay.ts';
import { DEEPEST } from '../../../../shared/domain/replay/report.ts';
import { settingsOf, type Evidence } from './evidence.ts';

/** What the set-up form holds; absent or null: nothing chosen. */
export interface Choices {
  readonly snapshot: string | null;
  readonly baseline: string | null;
  readonly candidate: string | null;
  /** Requests at most; null: all. */
  readonly limit: number | null;
  readonly seed: number | null;
  readonly topK: number | null;
  readonly evidence: Evidence;
}

/** Of each field what is amiss, in words; absent: nothing. */
export type Faults = Partial<
  Record<'snapshot' | 'baseline' | 'candidate' | 'limit' | 'seed' | 'topK' | 'cross', string>
>;

/** What keeps a choice from being replayed, field by field. */
export function faultsOf({ snapshot, baseline, candidate, limit, seed, topK, evidence }: Choices): Faults {
  const [a, b] = evidence.crossed;
  const faults: [keyof Faults, boolean, string][] = [
    ['snapshot', snapshot === null, 'Choose a snapshot'],
    ['baseline', baseline === null, 'Choose what ranks now'],
    ['candidate', candidate === null, 'Choose what is in question'],
    ['candidate', candidate !== null && candidate === baseline, 'Baseline and candidate are the same ranker'],
    [
      'limit',
      limit !== null && !(Number.isInteger(limit) && limit >= 1),
      'Give a whole number from 1, or nothing for all',
    ],
    ['seed', seed === null || !(Number.isInteger(seed) && seed >= 0), 'Give a whole number from 0'],
    [
      'topK',
      topK === null || !(Number.isInteger(topK) && topK >= 1 && topK <= DEEPEST),
      'Give a whole number from 1 to 1,000',
    ],
    ['cross', a !== null && b === null, 'Choose what to cross it with'],
    ['cross', a !== null && a === b, 'Choose another attribute'],
  ];
  return Object.fromEntries(faults.flatMap(([field, amiss, words]) => (amiss ? [[field, words]] : [])));
}

/** What is to be replayed; null while something is amiss. */
export function inputOf(choices: Choices): ReplayInput | null {
  const { snapshot, baseline, candidate, limit, seed, topK, evidence } = choices;
  if (Object.keys(faultsOf(choices)).length > 0) return null;
  if (snapshot === null || baseline === null || candidate === null || seed === null || topK === null)
    return null;
  const drawn = limit === null ? { ...evidence, stratify: null } : evidence;
  return { snapshot, baseline, candidate, settings: { seed, limit, topK, ...settingsOf(drawn) } };
}
