import { z } from 'zod';
import { channel, Nothing } from './channel.ts';
import { LogEntryRow } from './audit.ts';
import { ReleaseRow } from './releases.ts';
import { MissingStep } from './signoff.ts';

export const Overview = z.object({
  workspace: z.object({
    name: z.string(),
    path: z.string(),
    sample: z.boolean(),
    jurisdiction: z.literal('US'),
  }),
  /** What ranks US feeds now and who approved it. */
  production: z
    .object({ release: ReleaseRow, since: z.string(), approvedBy: z.array(z.string()) })
    .nullable(),
  /** Releases of the US team without a decision, and what each still lacks. */
  awaiting: z.array(z.object({ release: ReleaseRow, missing: z.array(MissingStep) })),
  /** Of the last seven days: how many entries the log has, and the newest of those that are more than routine. */
  week: z.object({ entries: z.int(), changes: z.array(LogEntryRow) }),
  releases: z.array(ReleaseRow),
});
export type Overview = z.infer<typeof Overview>;

export const workspace = {
  overview: channel(Nothing, Overview),
  /** Founds another workspace, without people or releases, in a new folder; it is not opened by that. */
  found: channel(z.object({ folder: z.string(), name: z.string() }), z.object({ folder: z.string() })),
  /** Copies the workspace into a new folder of `parent`, named by the workspace and the time: a job. Restored by opening it. */
  backUp: channel(z.object({ parent: z.string() }), z.object({ folder: z.string(), bytes: z.int() })),
  /** Finds releases, requests, items and people for the command palette. */
  find: channel(
    z.object({ text: z.string() }),
    z.array(
      z.object({
        kind: z.enum(['release', 'replay', 'request', 'item', 'person', 'snapshot']),
        title: z.string(),
        detail: z.string(),
        route: z.string(),
      }),
    ),
  ),
};
