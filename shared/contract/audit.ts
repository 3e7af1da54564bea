import { z } from 'zod';
import { channel, Nothing, page, PageRequest } from './channel.ts';
import { Verification } from './signoff.ts';

export const LogEntryRow = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  body: z.string(),
  leafHash: z.string(),
});
export type LogEntryRow = z.infer<typeof LogEntryRow>;

/** Narrows the log; what is left out does not narrow. */
const LogFilter = z.object({
  search: z.string(),
  actor: z.string().optional(),
  action: z.string().optional(),
  /** ISO 8601, included. */
  from: z.string().optional(),
  /** ISO 8601, excluded. */
  until: z.string().optional(),
});
export type LogFilter = z.infer<typeof LogFilter>;

/** A head of this log that somebody else kept, and came back with. */
export const WitnessedHead = z.object({
  size: z.int(),
  /** Base64. */
  root: z.string(),
  keptBy: z.string(),
  at: z.string(),
  /** Null when the log still contains it, else what it means: a fork, or an older copy in the log's place. */
  alarm: z.string().nullable(),
});
export type WitnessedHead = z.infer<typeof WitnessedHead>;

/** ISO 8601: from `from` to before `until`; without one of them from the log's beginning or to its end. */
export const LogPeriod = z.object({ from: z.string().optional(), until: z.string().optional() });

const TextFile = z.object({ fileName: z.string(), text: z.string() });

export const audit = {
  entries: channel(PageRequest.extend(LogFilter.shape), page(LogEntryRow)),
  /** Who acted and what was done, for filters. */
  facets: channel(Nothing, z.object({ actors: z.array(z.string()), actions: z.array(z.string()) })),
  checkpoint: channel(Nothing, z.object({ size: z.int(), root: z.string(), note: z.string() }).nullable()),
  verify: channel(Nothing, Verification),
  /** An entry's inclusion proof against the newest head, as a C2SP tlog-proof. */
  prove: channel(
    z.object({ seq: z.int().nonnegative() }),
    TextFile.extend({
      /** Entries in the head that the proof leads to. */
      size: z.int(),
      /** Base64 hashes on the way from the leaf to the root. */
      hashes: z.array(z.string()),
      /** The verifier key of the head, as C2SP notes write it. */
      key: z.string(),
    }),
  ),
  /** Free texts of an entry that stand beside the log, and which of them were redacted. */
  texts: channel(
    z.object({ seq: z.int().nonnegative() }),
    z.array(z.object({ name: z.string(), redacted: z.boolean() })),
  ),
  /** Takes a free text out for good; its digest and every proof stay. */
  redact: channel(z.object({ seq: z.int().nonnegative(), name: z.string(), because: z.string() }), Nothing),
  witnesses: channel(Nothing, z.array(WitnessedHead)),
  /** Holds the log against a head kept elsewhere, now and at every later check. A fork is failed_check, and stays shown. */
  witness: channel(z.object({ path: z.string(), keptBy: z.string() }), z.object({ size: z.int() })),
  /** Writes every entry of a period with what proves them to a file (JSON), whole or not at all; a long one as a job. */
  exportPeriod: channel(LogPeriod.extend({ path: z.string() }), z.object({ entries: z.int() })),
};
