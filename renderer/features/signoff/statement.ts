import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';

/** What a frozen statement says; null when it was written by a newer Stateside. */
export function predicateOf(json: string): ReleaseStatement['predicate'] | null {
  const parsed = ReleaseStatement.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data.predicate : null;
}
