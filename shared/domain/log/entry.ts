import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';

/** Text that UTF-8 and RFC 8785 can say. */
const Text = z.string().refine((text) => !/\p{Surrogate}/u.test(text), 'holds half a surrogate pair');
const Word = Text.min(1);

/** One thing somebody did. `body` is any JSON; big objects enter by digest. */
export const LogEvent = z.strictObject({
  at: Moment,
  actor: Word,
  action: Word,
  subject: Text,
  body: z.json(),
});
export type LogEvent = z.infer<typeof LogEvent>;

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

/** The text whose UTF-8 bytes are the leaf: RFC 8785 of the entry. `body`: the canonical JSON of its body. */
export const entryText = (
  { seq, at, actor, action, subject, previous }: Omit<LogEntry, 'body'>,
  body: string,
): string =>
  `{"action":${JSON.stringify(action)},"actor":${JSON.stringify(actor)},"at":${JSON.stringify(at)},"body":${body},"previous":${previous === null ? 'null' : `"${previous}"`},"seq":${seq},"subject":${JSON.stringify(subject)}}`;

/** Stands in an entry's body for a free text kept beside the log: SHA-256 of salt and text, so that the text can go. */
export const TextDigest = z.strictObject({ textSha256: Sha256 });
export type TextDigest = z.infer<typeof TextDigest>;
