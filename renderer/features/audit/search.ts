import { z } from 'zod';

export const LogSearch = z.object({ q: z.string().default('').catch('') });
