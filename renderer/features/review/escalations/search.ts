import { z } from 'zod';

const Text = z.string().optional().catch(undefined);

/** Which escalations are listed: those that wait for somebody, or all; of one campaign, of one owner. */
export const EscalationsSearch = z.object({
  campaign: Text,
  owner: Text,
  show: z.enum(['not closed', 'all']).default('not closed').catch('not closed'),
});
export type EscalationsSearch = z.output<typeof EscalationsSearch>;
