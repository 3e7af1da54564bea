import { z } from 'zod';

/** A period of statements of reasons, from `from` to before `to` (ISO 8601), and the form of their file. */
export const ReasonsExport = z.object({
  from: z.string(),
  to: z.string(),
  form: z.enum(['json', 'csv']),
  /** Leave out what is withheld from who exports, instead of refusing the period because of it. */
  partial: z.boolean().optional(),
});
