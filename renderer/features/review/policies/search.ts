import { z } from 'zod';

const Text = z.string().optional().catch(undefined);

/** The version that is read, by its digest (the newest when left out), and the policy that is open. */
export const PoliciesSearch = z.object({ version: Text, policy: Text });
