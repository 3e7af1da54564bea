import { z } from 'zod';

/** Which campaign a page is about; left out, the newest. */
export const CampaignSearch = z.object({ campaign: z.string().optional().catch(undefined) });
