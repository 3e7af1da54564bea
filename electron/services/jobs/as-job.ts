import { StatesideError } from '../../../shared/domain/error.ts';
import type { Jobs, Progress, Work } from './jobs.ts';

/** Work as a job with progress and cancelling, whose value or error comes to the one who asked for it too. */
export async function asJob<Value>(
  jobs: Jobs,
  work: Omit<Work, 'run'> & { run(progress: Progress, signal: AbortSignal): Promise<Value> },
): Promise<Value> {
  const values: Value[] = [];
  const errors: unknown[] = [];
  const id = jobs.start({
    ...work,
    async run(progress, signal) {
      try {
        signal.throwIfAborted();
        values.push(await work.run(progress, signal));
        return null;
      } catch (error) {
        errors.push(error);
        throw error;
      }
    },
  });
  const { message } = await jobs.ended(id);
  if (errors.length > 0) throw errors[0];
  const [value] = values;
  if (value === undefined) throw new StatesideError('cancelled', message ?? `${work.title} was stopped.`);
  return value;
}
