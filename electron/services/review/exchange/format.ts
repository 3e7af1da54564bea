import { z } from 'zod';
import { Campaign } from '../../../../shared/domain/review/campaign.ts';
import { Decision } from '../../../../shared/domain/review/decision.ts';
import { EscalationStep } from '../../../../shared/domain/review/escalation.ts';
import { LeadAudit } from '../../../../shared/domain/review/lead-audit.ts';
import { PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { ReviewedItem } from '../../../../shared/domain/review/reviewed-item.ts';
import { Moment } from '../../../../shared/domain/statements/statement.ts';

/*
 * A campaign on its way to another workspace, version 2: lines of JSON, so that no reader or writer holds more than one
 * of them. The first is the header, then come pieces of up to `ROWS` rows, and the last is a DSSE envelope whose payload
 * names the SHA-256 of every line before it in their order. Version 1 was one envelope over everything.
 */

export const FORMAT = 'stateside-review-exchange';
/** How every file of version 2 begins. */
export const BEGINNING = `{"format":"${FORMAT}","version":2,`;
/** Rows of one piece. */
export const ROWS = 1000;

export const WHOLE_PAYLOAD = 'application/vnd.stateside.review+json';
export const PIECES_PAYLOAD = 'application/vnd.stateside.review-pieces+json';

export const Header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(2),
  campaign: Campaign,
  policies: PolicyLibrary,
});

/** Rows of one kind; kinds come in the order they stand here, because later ones speak of earlier ones. */
export const Piece = z.union([
  /** Captions and authors of the items that were judged. */
  z.strictObject({ items: z.array(ReviewedItem) }),
  z.strictObject({ decisions: z.array(Decision) }),
  /** Every step of every escalation but the first, which its decision is. */
  z.strictObject({ escalations: z.array(EscalationStep) }),
  z.strictObject({ audits: z.array(LeadAudit) }),
]);
export type Piece = z.infer<typeof Piece>;

export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(2),
  exportedBy: z.string().min(1),
  exportedAt: Moment,
  /** SHA-256 of the header's line and of every piece's, without their line ends. */
  lines: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1),
});

export type Manifest = z.infer<typeof Manifest>;

export const Whole = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  exportedBy: z.string().min(1),
  exportedAt: Moment,
  campaign: Campaign,
  policies: PolicyLibrary,
  items: z.array(ReviewedItem),
  decisions: z.array(Decision),
  escalations: z.array(EscalationStep),
  audits: z.array(LeadAudit),
});
