import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';

/** What a lead finds of a decision. */
export const AUDIT_OUTCOMES = [
  'upheld',
  'false positive',
  'false negative',
  'wrong policy',
  'technical error',
] as const;
export const AuditOutcome = z.enum(AUDIT_OUTCOMES);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

/** A lead's look at one decision. It is never changed; its id is the SHA-256 of its canonical JSON. */
export const LeadAudit = z.strictObject({
  format: z.literal('stateside-review-audit'),
  decision: Sha256,
  outcome: AuditOutcome,
  note: z.string().max(4000),
  person: z.string().min(1),
  keyId: Sha256,
  at: Moment,
});
export type LeadAudit = z.infer<typeof LeadAudit>;
