/** What went wrong, as a value that crosses every border: process, thread, command line. */
export const ERROR_CODES = [
  'usage', // the command or call was put wrongly
  'bad_input', // a file or value is not what it must be
  'not_found',
  'refused', // a rule forbids it
  'conflict', // somebody else changed it meanwhile
  'newer_file', // written by a newer Stateside
  'failed_check', // a gate or a verification failed
  'cancelled',
  'internal', // a defect of ours
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An expected failure. `message` is one sentence naming the file or thing, the place, and the remedy; its full stop is put
 * here, so that every surface ends it alike.
 */
export class StatesideError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(/[.?!…]$/.test(message) ? message : `${message}.`, options);
    this.name = 'StatesideError';
    this.code = code;
  }
}

export const badInput = (message: string): StatesideError => new StatesideError('bad_input', message);
export const refused = (message: string): StatesideError => new StatesideError('refused', message);
export const notFound = (message: string): StatesideError => new StatesideError('not_found', message);

/** The command line's exit code: 1 when a check failed, 2 for bad input or usage, 70 for a defect of ours. */
export function exitCode(code: ErrorCode): 1 | 2 | 70 {
  if (code === 'failed_check') return 1;
  return code === 'internal' ? 70 : 2;
}
