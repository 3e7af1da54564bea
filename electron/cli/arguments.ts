import { InvalidArgumentError } from 'commander';
import { Sha256 } from '../../shared/domain/release/manifest.ts';
import { Moment } from '../../shared/domain/statements/statement.ts';

/** Takes a moment of an option. */
export function moment(text: string): string {
  if (Moment.safeParse(text).success) return text;
  throw new InvalidArgumentError('Give a time in UTC such as 2027-01-31T00:00:00Z.');
}

/** Takes a SHA-256 of an option; tools print it in either case. */
export function sha256(text: string): string {
  const digest = text.toLowerCase();
  if (Sha256.safeParse(digest).success) return digest;
  throw new InvalidArgumentError('Give a SHA-256 as 64 hex characters.');
}

/** Takes a whole number of an option, from `least` to `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      most === Number.MAX_SAFE_INTEGER
        ? `Give a whole number from ${least}.`
        : `Give a whole number from ${least} to ${most}.`,
    );
  };
}
