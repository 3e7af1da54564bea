import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';

/** What a workspace keeps of an item that was judged. */
export const ReviewedItem = z.strictObject({
  itemId: z.string().min(1),
  snapshot: Sha256,
  authorId: z.string().nullable(),
  caption: z.string(),
});
export type ReviewedItem = z.infer<typeof ReviewedItem>;
