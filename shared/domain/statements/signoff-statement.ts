import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment, STATEMENT_TYPE, statementOf } from './statement.ts';

const SIGNOFF_PREDICATE = 'urn:stateside:signoff:v1';

export const Decision = z.enum(['approve', 'refuse']);
export type Decision = z.infer<typeof Decision>;

/** One person's decision on one release statement, signed with their own key. */
export const SignoffPredicate = z.object({
  decision: Decision,
  reason: z.string().min(1),
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
