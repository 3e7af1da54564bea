import { z } from 'zod';

const Text = z.string().optional().catch(undefined);

/** The version that is read, by its digest (the newest when left out), the policy that is open, and how the tree stands. */
export const PoliciesSearch = z.object({
  version: Text,
  policy: Text,
  /** Words that the tree is searched for. */
  q: Text,
  /** Policies whose children are out of sight. */
  closed: z.array(z.string()).default([]).catch([]),
});
export type PoliciesSearch = z.output<typeof PoliciesSearch>;
