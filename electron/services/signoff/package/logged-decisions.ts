import { z } from 'zod';
import { LogEntry } from '../../../../shared/domain/log/entry.ts';
import { unusableBecause, type RosterKey } from '../../../../shared/domain/roster/keyring.ts';
import { canonicalDigest } from '../digest.ts';
import { readSignoff, type ReleaseRecord } from '../record.ts';
import { readJson } from './read-json.ts';

const Signed = z.object({ signoff: z.string(), statement: z.string() });

/**
 * What is wrong between the decisions of a record and the proven entries of the log, or null. Each decision is logged,
 * while its key could sign: its own date is only what its maker says, and a stolen key would date back. And each
 * decision that was logged about the statement is in the record: none was left out.
 */
export function decisionProblem(
  { signoffs }: ReleaseRecord,
  entries: readonly string[],
  statementDigest: string | null,
  keys: readonly RosterKey[],
): string | null {
  const logged = new Map(
    entries.flatMap((text) => {
      const entry = LogEntry.safeParse(readJson(text));
      const body = Signed.safeParse(entry.data?.body);
      return entry.success && body.success ? [[body.data.signoff, { ...body.data, at: entry.data.at }]] : [];
    }),
  );
  for (const envelope of signoffs) {
    const said = readSignoff(envelope);
    const digest = canonicalDigest(envelope);
    const entry = logged.get(digest);
    if (said === null || entry === undefined)
      return `the decision of ${said?.person ?? 'somebody'} stands in no entry`;
    const key = keys.find(({ keyId }) => keyId === envelope.signatures[0]?.keyid);
    const because = key === undefined ? null : unusableBecause(key, entry.at);
    if (because !== null) return `the decision of ${said.person} was logged at ${entry.at}, and ${because}`;
    logged.delete(digest);
  }
  const left = [...logged.values()].filter(({ statement }) => statement === statementDigest);
  return left.length === 0
    ? null
    : `${left.length} decisions on this statement were logged and are not in the record`;
}
