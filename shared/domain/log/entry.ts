import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';

/** An entry of the audit log. `seq` is its place from 0; `previous` the leaf hash before it (hex), null for the first. */
export const LogEntry = z.strictObject({
  seq: z.int().nonnegative(),
  at: Moment,
  actor: z.string().min(1),
  action: z.string().min(1),
  subject: z.string(),
  body: z.json(),
  previous: Sha256.nullable(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** One thing somebody did. `body` is any JSON; big objects enter by digest. */
export type LogEvent = Omit<LogEntry, 'seq' | 'previous'>;

/**
 * Throws a RangeError where an event cannot be an entry: nobody did it or nothing was done, at no moment in UTC, or a
 * word holds half a surrogate pair, which UTF-8 cannot say. By hand and not by Zod, because an append is measured in
 * microseconds, of which parsing took six.
 */
export function requireEntry({ at, actor, action, subject }: LogEvent): void {
  if (!MOMENT.test(at))
    throw new RangeError(`an entry of the log at ${JSON.stringify(at)}, which is no moment`);
  if (actor === '' || action === '') throw new RangeError('an entry of the log by nobody, or of nothing');
  for (const word of [actor, action, subject])
    if (HALF.test(word))
      throw new RangeError(`an entry of the log with half a surrogate pair in ${JSON.stringify(word)}`);
}

const HALF = /\p{Surrogate}/u;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The text whose UTF-8 bytes are the leaf: RFC 8785 of the entry. `body`: the canonical JSON of its body. */
export const entryText = (
  { seq, at, actor, action, subject, previous }: Omit<LogEntry, 'body'>,
  body: string,
): string =>
  `{"action":${JSON.stringify(action)},"actor":${JSON.stringify(actor)},"at":${JSON.stringify(at)},"body":${body},"previous":${previous === null ? 'null' : `"${previous}"`},"seq":${seq},"subject":${JSON.stringify(subject)}}`;

/** Stands in an entry's body for a free text kept beside the log: SHA-256 of salt and text, so that the text can go. */
export const TextDigest = z.strictObject({ textSha256: Sha256 });
export type TextDigest = z.infer<typeof TextDigest>;
