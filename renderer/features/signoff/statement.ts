import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';

/** What a frozen statement says; null where there is none to read, and when it was written by a newer Stateside. */
export function predicateOf(json: string | null): ReleaseStatement['predicate'] | null {
  if (json === null) return null;
  const parsed = ReleaseStatement.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data.predicate : null;
}
