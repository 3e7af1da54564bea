import { z } from 'zod';

export const ReleasesSearch = z.object({
  sort: z
    .enum(['release', 'state', 'team', 'submitted', 'imported', 'size'])
    .default('imported')
    .catch('imported'),
  desc: z.boolean().default(true).catch(true),
  q: z.string().default('').catch(''),
  state: z.string().default('all').catch('all'),
});
export type ReleasesSearch = z.infer<typeof ReleasesSearch>;

export const TABS = ['papers', 'policy', 'model', 'training-data', 'files'] as const;

export const ReleaseSearch = z.object({ tab: z.enum(TABS).default('papers').catch('papers') });
