import { z } from 'zod';
import { AuditOutcome, LeadAudit } from '../../domain/review/lead-audit.ts';
import { Quality } from '../../domain/review/quality.ts';
import { channel } from '../channel.ts';
import { HistoryRow } from './history.ts';

export const qualityChannels = {
  /** A lead's look at somebody else's decision. */
  auditDecision: channel(
    z.object({ decision: z.string(), outcome: AuditOutcome, note: z.string().max(4000) }),
    LeadAudit,
  ),
  leadAudits: channel(z.object({ campaign: z.string() }), z.array(LeadAudit)),
  /** Decisions on items that no lead has looked at yet, drawn by chance. */
  auditSample: channel(
    z.object({ campaign: z.string(), count: z.int().min(1).max(200), seed: z.int().nonnegative() }),
    z.array(HistoryRow),
  ),
  /**
   * Figures per reviewer and per policy. A reviewer who leads nobody sees their own and the team's. `withheld`: why there
   * are no policies for who may still judge feeds blind, in a sentence; null where they are.
   */
  quality: channel(z.object({ campaign: z.string() }), Quality.extend({ withheld: z.string().nullable() })),
};
