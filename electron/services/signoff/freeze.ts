import { refused } from '../../../shared/domain/error.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { personNamed } from '../../../shared/domain/roster/roster.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { releaseStatement, type Evidence } from '../../../shared/domain/statements/release-statement.ts';
import { sha256Hex } from './digest.ts';
import type { RosterChain } from './roster-chain.ts';

/** A release statement as bytes: `payload` is the canonical JSON that is signed, `digest` its SHA-256. */
export interface Frozen {
  readonly payload: string;
  readonly digest: string;
}

/**
 * Freezes evidence into the release statement. Refuses a release of another team, one whose submitter the roster does
 * not know (so that nobody could tell whether the submitter signs), and a replay of another release.
 */
export function freeze(evidence: Omit<Evidence, 'roster'>, chain: RosterChain): Frozen {
  const { manifest, report, bundleDigest } = evidence;
  const name = `${manifest.name} ${manifest.version}`;
  if (manifest.team !== 'us')
    throw refused(
      `${name} is a release of the ${manifest.team} team, and only the US team's are signed off for US users`,
    );
  if (personNamed(chain.roster, manifest.submitted_by) === null) {
    throw refused(
      `release.yaml of ${name} names ${manifest.submitted_by} as submitter, who is not on the roster; add the person or correct the name`,
    );
  }
  if (report.candidate.digest !== bundleDigest) {
    throw refused(
      `the replay report is about ${report.candidate.name} ${report.candidate.version}, not about ${name}; replay this release`,
    );
  }
  const draft = [report.baseline, report.candidate].find(({ kind }) => kind === 'draft');
  if (draft !== undefined) {
    throw refused(
      `the replay report is about the draft ${draft.name} ${draft.version}, and a draft is no evidence; replay two releases`,
    );
  }
  const payload = canonicalJson(
    releaseStatement({ ...evidence, roster: { version: chain.roster.version, digest: chain.digest } }),
  );
  return { payload, digest: sha256Hex(payload) };
}

/** Which required gates do not pass, in words; null when every one passes and there is at least one. */
export function openGates(gates: readonly GateResult[]): string | null {
  const open = gates.filter(({ required, verdict }) => required && verdict !== 'pass');
  if (open.length === 0 && gates.some(({ required }) => required)) return null;
  return open.map(({ title, verdict }) => `“${title}” (${verdict})`).join(', ') || 'none was judged';
}

/** Refuses to approve while a required gate does not pass. */
export function requireGates(gates: readonly GateResult[]): void {
  const open = openGates(gates);
  if (open === null) return;
  throw refused(
    `approval needs every required gate to pass: ${open}; refuse the release, or bring better evidence`,
  );
}
