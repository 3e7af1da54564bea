import { z } from 'zod';
import { CampaignReport } from '../../domain/review/report.ts';
import { channel } from '../channel.ts';
import { ReasonsExport } from '../reasons.ts';

export const exchangeChannels = {
  /** A campaign with its policies and every decision, signed by the person at this window. */
  exportCampaign: channel(z.object({ campaign: z.string(), path: z.string() }), z.object({ bytes: z.int() })),
  /** Takes in what the file of a campaign holds and this workspace lacks. */
  merge: channel(
    z.object({ path: z.string() }),
    z.object({
      campaign: z.string(),
      signedBy: z.string(),
      added: z.int(),
      known: z.int(),
      conflicts: CampaignReport.shape.conflicts,
    }),
  ),
  /** Writes statements of reasons for every restriction of a period to a file, whole or not at all, as a job. */
  statementsOfReasons: channel(
    ReasonsExport.extend({ path: z.string() }),
    z.object({ statements: z.int(), withheld: z.int() }),
  ),
};
