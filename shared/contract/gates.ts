import { z } from 'zod';
import { channel, Nothing } from './channel.ts';

/** By what statements name gates: `digest` covers every rule, not comments or spelling. */
const Named = { revision: z.int(), digest: z.string() };

/** Gates that were put in force; `actor` and `reason` are null where they were found in the file, noted by nobody. */
export const GateVersion = z.object({
  ...Named,
  /** `gates.yaml` as it was written. */
  text: z.string(),
  savedAt: z.string(),
  actor: z.string().nullable(),
  reason: z.string().nullable(),
});
export type GateVersion = z.infer<typeof GateVersion>;

export const GatesInForce = z.object({
  ...Named,
  text: z.string(),
  /** Whether it is noted who put exactly these in force, and why; a file changed by hand is not. */
  noted: z.boolean(),
  /** Newest first. */
  versions: z.array(GateVersion),
  /** `gates.yaml` as it ships with this version of Stateside. */
  shipped: z.string(),
});
export type GatesInForce = z.infer<typeof GatesInForce>;

export const gates = {
  inForce: channel(Nothing, GatesInForce),
  /** Puts other gates in force, under the next revision; refused when `replaces` is no longer in force. */
  change: channel(z.object({ text: z.string(), reason: z.string(), replaces: z.string() }), z.object(Named)),
};
