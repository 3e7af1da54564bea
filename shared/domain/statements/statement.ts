import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

export const Subject = z.object({ name: z.string().min(1), digest: z.object({ sha256: Sha256 }) });
export type Subject = z.infer<typeof Subject>;

/** An in-toto Statement v1 of one predicate type. Members unknown here are ignored, as in-toto asks. */
export const statementOf = <Type extends string, Predicate extends z.ZodType>(
  predicateType: Type,
  predicate: Predicate,
) =>
  z.object({
    _type: z.literal(STATEMENT_TYPE),
    subject: z.array(Subject).min(1),
    predicateType: z.literal(predicateType),
    predicate,
  });

/** A moment in UTC, ending in Z. */
export const Moment = z.iso.datetime({
  error: 'must be a time in UTC such as 2025-01-31T12:00:00Z; correct it',
});
