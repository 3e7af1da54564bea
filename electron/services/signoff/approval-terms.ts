import { refused } from '../../../shared/domain/error.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import type { Terms } from '../../../shared/domain/statements/signoff-statement.ts';
import { termsLapsedBecause, waiversRefusedBecause } from '../../../shared/domain/statements/terms.ts';
import { requireGates } from './freeze.ts';

/** The terms of an approval as they are signed; refuses those that cannot hold. */
export function approvalTerms(
  { expires, gatesRevision, waivers }: Terms,
  gates: readonly GateResult[],
  judging: { readonly at: string; readonly gates: { readonly revision: number } },
): Terms {
  requireGates(gates);
  const terms: Terms = {
    ...(expires === undefined ? {} : { expires }),
    ...(gatesRevision === undefined ? {} : { gatesRevision }),
    ...(waivers === undefined || waivers.length === 0
      ? {}
      : { waivers: waivers.map(({ gate, reason }) => ({ gate, reason: reason.trim() })) }),
  };
  const because =
    waiversRefusedBecause(terms, gates) ??
    termsLapsedBecause(terms, gates, { at: judging.at, gatesRevision: judging.gates.revision });
  if (because !== null) throw refused(`${because}, so the approval would not count; correct it`);
  return terms;
}
