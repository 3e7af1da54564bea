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

export const audit = {
  entries: channel(PageRequest.extend({ search: z.string() }), page(LogEntryRow)),
  checkpoint: channel(Nothing, z.object({ size: z.int(), root: z.string(), note: z.string() }).nullable()),
  verify: channel(Nothing, Verification),
};
