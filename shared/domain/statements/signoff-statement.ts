import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment, STATEMENT_TYPE, statementOf } from './statement.ts';

const SIGNOFF_PREDICATE = 'urn:stateside:signoff:v1';

/** A refusal blocks until its maker withdraws it. */
export const Decision = z.enum(['approve', 'refuse', 'withdraw refusal']);
export type Decision = z.infer<typeof Decision>;

/** Why an advisory gate that failed does not stand in the way. */
export const Waiver = z.object({ gate: z.string().min(1), reason: z.string().trim().min(1) });
export type Waiver = z.infer<typeof Waiver>;

/** What an approval hangs on; enforced whenever it is judged. */
export const Terms = z.object({
  /** From this moment on the approval no longer counts. */
  expires: Moment.optional(),
  /** It counts only with these gates: their revision in gates.yaml. */
  gatesRevision: z.int().positive().optional(),
  /** One for every advisory gate that failed. */
  waivers: z.array(Waiver).optional(),
});
export type Terms = z.infer<typeof Terms>;

/** One person's decision on one release statement, signed with their own key. */
export const SignoffPredicate = Terms.extend({
  decision: Decision,
  reason: z.string().min(1),
  /** In words, for people; what is enforced stands in the terms. */
  conditions: z.string(),
  person: z.string().min(1),
  role: z.string().min(1),
  at: Moment,
  releaseStatement: z.object({ sha256: Sha256 }),
});
export type SignoffPredicate = z.infer<typeof SignoffPredicate>;

export const SignoffStatement = statementOf(SIGNOFF_PREDICATE, SignoffPredicate);
export type SignoffStatement = z.infer<typeof SignoffStatement>;

/** `release` is the name and version the statement is about. */
export function signoffStatement(release: string, predicate: SignoffPredicate): SignoffStatement {
  return SignoffStatement.parse({
    _type: STATEMENT_TYPE,
    subject: [{ name: `release statement of ${release}`, digest: predicate.releaseStatement }],
    predicateType: SIGNOFF_PREDICATE,
    predicate,
  });
}
