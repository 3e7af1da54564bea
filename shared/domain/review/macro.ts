import { z } from 'zod';
import { ItemRuling } from './decision.ts';

/** A decision that is made often, kept under a name and, if wanted, a key. */
export const Macro = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1).max(80),
  key: z.string().min(1).nullable(),
  /** True for the whole team's. */
  shared: z.boolean(),
  ruling: ItemRuling.pick({ actions: true, policy: true, reason: true, severity: true, note: true }),
});
export type Macro = z.infer<typeof Macro>;
