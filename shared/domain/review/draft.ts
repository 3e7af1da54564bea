import { subjectOf, type Ruling } from './decision.ts';

/** The rulings in force after some steps: the last of each subject, in the order the subjects were first ruled on. */
export function rulingsOf(steps: readonly Ruling[]): Ruling[] {
  const last = new Map<string, Ruling>();
  for (const ruling of steps) last.set(subjectOf(ruling), ruling);
  return [...last.values()];
}
