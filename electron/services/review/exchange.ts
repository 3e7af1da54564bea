import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { badInput } from '../../../shared/domain/error.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import { Campaign } from '../../../shared/domain/review/campaign.ts';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { EscalationStep } from '../../../shared/domain/review/escalation.ts';
import { PolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import { LeadAudit } from '../../../shared/domain/review/lead-audit.ts';
import { ReviewedItem } from '../../../shared/domain/review/reviewed-item.ts';
import type { CampaignReport } from '../../../shared/domain/review/report.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { Moment } from '../../../shared/domain/statements/statement.ts';
import { parseStrictJson } from '../../../shared/domain/statements/strict-json.ts';
import { getCampaign, getLibrary, insertCampaign, insertLibrary } from '../../database/review/campaigns.ts';
import { decisionsOf, hasDecision } from '../../database/review/decisions.ts';
import { addEscalationStep, escalationsOf, stepsOf } from '../../database/review/escalations.ts';
import { itemsOf, keepItems } from '../../database/review/items.ts';
import { insertLeadAudit, leadAuditsOf } from '../../database/review/lead-audits.ts';
import type { Reader } from '../../database/review/sealed.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { readPayload, signEnvelope, signerOf } from '../signoff/envelope.ts';
import type { SigningKey } from '../signoff/key-file.ts';
import { reportOf } from './reports.ts';
import { keep } from './decide.ts';
import { identifiedStep } from './escalations.ts';

const PAYLOAD = 'application/vnd.stateside.review+json';

const Exchange = z.strictObject({
  format: z.literal('stateside-review-exchange'),
  version: z.literal(1),
  exportedBy: z.string().min(1),
  exportedAt: Moment,
  campaign: Campaign,
  policies: PolicyLibrary,
  /** Captions and authors of the items that were judged. */
  items: z.array(ReviewedItem),
  decisions: z.array(Decision),
  /** Every step of every escalation but the first, which its decision is. */
  escalations: z.array(EscalationStep),
  audits: z.array(LeadAudit),
});

/**
 * A campaign with its policies and every decision made in it that the person may read, as a DSSE envelope signed by
 * `key`. What is kept from them stays out; merging only ever adds, so nothing is lost by it.
 */
export function exportCampaign(
  db: Database,
  id: string,
  by: { readonly person: string; readonly key: SigningKey; readonly reader: Reader },
  now: string,
): { fileName: string; text: string } {
  const { definition } = getCampaign(db, id);
  const { reader } = by;
  const envelope = signEnvelope(
    PAYLOAD,
    {
      format: 'stateside-review-exchange',
      version: 1,
      exportedBy: by.person,
      exportedAt: now,
      campaign: definition,
      policies: getLibrary(db, definition.policies),
      items: itemsOf(db, id),
      decisions: decisionsOf(db, id, reader).map(({ decision }) => decision),
      escalations: escalationsOf(db, id, reader).flatMap(({ decision }) => stepsOf(db, decision).slice(1)),
      audits: leadAuditsOf(db, id, { reader, of: null }),
    },
    [by.key],
  );
  const name = definition.name.replace(/[^\p{L}\p{N}.-]+/gu, '-');
  return { fileName: `${name}.${by.person}.review.json`, text: `${JSON.stringify(envelope)}\n` };
}

export interface Merged {
  readonly campaign: string;
  readonly signedBy: string;
  readonly added: number;
  readonly known: number;
  readonly conflicts: CampaignReport['conflicts'];
}

/**
 * Adds what a file holds and this workspace lacks. Nothing is ever replaced, so merging twice changes nothing. Refuses a
 * file that no US key of the roster signed, or whose parts do not belong together.
 */
export function mergeCampaign(
  db: Database,
  log: AuditLog,
  file: { readonly fileName: string; readonly text: string },
  keys: readonly RosterKey[],
  actor: string,
  now: string,
): Merged {
  const { exchange, signer } = readExchange(file, keys);
  const id = canonicalDigest(exchange.campaign);
  const refuse = (what: string) => badInput(`${file.fileName}: ${what}; export the campaign again.`);
  if (canonicalDigest(exchange.policies) !== exchange.campaign.policies)
    throw refuse('its policies are not those the campaign names');
  const decisions = exchange.decisions.map((decision, at) => {
    if (decision.campaign !== id) throw refuse(`decisions[${at}] is of another campaign`);
    if (exchange.campaign.feeds[decision.feed]?.requestId !== decision.requestId)
      throw refuse(`decisions[${at}] is of a feed the campaign does not have`);
    const key = keys.find(({ keyId }) => keyId === decision.keyId);
    if (key?.person.id !== decision.person || key.person.organisation !== 'us')
      throw refuse(`decisions[${at}] names a key that is not ${decision.person}'s on the roster`);
    return { id: canonicalDigest(decision), decision };
  });
  const ids = new Set(decisions.map((stored) => stored.id));
  for (const { decision } of [...exchange.escalations, ...exchange.audits]) {
    if (!ids.has(decision) && !hasDecision(db, decision))
      throw refuse(`it speaks of the decision ${decision}, which neither it nor the workspace holds`);
  }
  const added = db
    .transaction(() => {
      const newLibrary = insertLibrary(db, {
        digest: exchange.campaign.policies,
        library: exchange.policies,
        importedAt: now,
      });
      const newCampaign = insertCampaign(db, { id, definition: exchange.campaign });
      const newItems = keepItems(db, exchange.items);
      const fresh = decisions.filter((stored) => keep(db, stored));
      const steps = exchange.escalations
        .map(identifiedStep)
        .filter((stored) => addEscalationStep(db, stored));
      const audits = exchange.audits
        .map((audit) => ({ id: canonicalDigest(audit), audit }))
        .filter(({ id, audit }) => insertLeadAudit(db, id, audit));
      if (newLibrary || newCampaign || newItems + fresh.length + steps.length + audits.length > 0) {
        const body = {
          signedBy: signer.person.id,
          keyId: signer.keyId,
          decisions: fresh.map(({ id }) => id),
          escalations: steps.map(({ id }) => id),
          audits: audits.map(({ id }) => id),
        };
        log.append({ at: now, actor, action: 'review.merge', subject: id, body });
      }
      return fresh.length;
    })
    .immediate();
  return {
    campaign: id,
    signedBy: signer.person.name,
    added,
    known: decisions.length - added,
    conflicts: reportOf(db, id).report.conflicts,
  };
}

function readExchange(
  { fileName, text }: { readonly fileName: string; readonly text: string },
  keys: readonly RosterKey[],
): { exchange: z.infer<typeof Exchange>; signer: RosterKey } {
  const refuse = (what: string) => badInput(`${fileName}: ${what}; export the campaign again.`);
  const envelope = DsseEnvelope.safeParse(jsonOf(text));
  if (!envelope.success || envelope.data.payloadType !== PAYLOAD)
    throw refuse('is not an exported review campaign');
  const usable = keys.filter(({ person }) => person.organisation === 'us');
  const signers = envelope.data.signatures.flatMap(
    (signature) => signerOf(envelope.data, signature, usable) ?? [],
  );
  const [signer] = signers;
  if (signer === undefined) throw refuse('is not signed by a US key of the roster');
  const payload = readPayload(envelope.data);
  if ('problem' in payload) throw refuse(payload.problem);
  const exchange = Exchange.safeParse(payload.value);
  if (!exchange.success) throw refuse('does not hold what an exported campaign holds');
  const because = unusableBecause(signer, exchange.data.exportedAt);
  if (because !== null) throw refuse(`was signed by ${signer.person.name}, but ${because}`);
  return { exchange: exchange.data, signer };
}

function jsonOf(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
