import { badInput } from '../../../shared/domain/error.ts';

/** Of one file, and of all files of a release together: a list of so many is still read, kept and shown at once. */
export const MOST_TENSORS = 100_000;

/** Refuses what holds too many tensors; `name` is what the sentence calls it. */
export function checkTensorCount(name: string, count: number): void {
  if (count > MOST_TENSORS)
    throw badInput(`${name} holds more than ${MOST_TENSORS} tensors, the most that are read; split it.`);
}
