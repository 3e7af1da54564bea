import { z } from 'zod';

/** What is verified: a record or a package on disk, with which roster files; none: the workspace's roster. */
export const VerifySearch = z.object({
  record: z.string().default('').catch(''),
  rosters: z.array(z.string()).default([]).catch([]),
  pin: z.string().default('').catch(''),
});
