import { generateKeyPairSync } from 'node:crypto';
import { bundleDigest } from '../../../shared/domain/release/digest.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import type { Person, Roster } from '../../../shared/domain/roster/roster.ts';
import { NO_REVIEW, type Evidence } from '../../../shared/domain/statements/release-statement.ts';
import type { Decision } from '../../../shared/domain/statements/signoff-statement.ts';
import { canonicalDigest, sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { freeze, type Frozen } from '../../../electron/services/signoff/freeze.ts';
import { signingKey, type SigningKey } from '../../../electron/services/signoff/key-file.ts';
import { signRoster } from '../../../electron/services/signoff/next-roster.ts';
import {
  addSignoff,
  emptyRecord,
  signDecision,
  type ReleaseRecord,
} from '../../../electron/services/signoff/record.ts';
import { readRosterChain, type RosterChain } from '../../../electron/services/signoff/roster-chain.ts';

const FROM = '2026-01-01T00:00:00Z';
const UNTIL = '2028-01-01T00:00:00Z';
const FROZEN_AT = '2026-06-01T12:00:00Z';
export const SIGNED_AT = '2026-06-01T13:00:00Z';

export interface Member extends Omit<Person, 'keys'> {
  readonly signing: readonly SigningKey[];
}

export const freshKey = (): SigningKey => signingKey(generateKeyPairSync('ed25519').privateKey);

export function member(
  id: string,
  organisation: Person['organisation'],
  roles: Person['roles'],
  keys = 1,
): Member {
  return {
    id,
    name: id.replace(/^./, (letter) => letter.toUpperCase()),
    organisation,
    roles,
    signing: Array.from({ length: keys }, freshKey),
  };
}

export const person = (
  { signing, ...rest }: Member,
  validity = { validFrom: FROM, validUntil: UNTIL },
): Person => ({
  ...rest,
  keys: signing.map(({ publicKey }) => ({ publicKey, ...validity })),
});

export const first = (who: Member): SigningKey => who.signing[0] ?? freshKey();

/** Two US roots, three US approvers (one with two keys), a US analyst, a global approver and a global root. */
export const cast = {
  rita: member('rita', 'us', ['root']),
  rolf: member('rolf', 'us', ['root']),
  ada: member('ada', 'us', ['approver'], 2),
  ben: member('ben', 'us', ['approver']),
  mia: member('mia', 'us', ['approver', 'analyst']),
  cleo: member('cleo', 'us', ['reviewer']),
  gus: member('gus', 'global', ['approver']),
  gro: member('gro', 'global', ['root']),
};

export function roster(change: Partial<Roster> = {}): Roster {
  return {
    format: 'stateside-roster',
    version: 1,
    previous: null,
    organisation: 'us',
    issuedAt: '2026-01-05T00:00:00Z',
    people: Object.values(cast).map((who) => person(who)),
    revocations: [],
    thresholds: { approver: 2, root: 2 },
    ...change,
  };
}

export const ROOTS = [first(cast.rita), first(cast.rolf)];
export const rosterText = (change: Partial<Roster> = {}): string => signRoster(roster(change), ROOTS, []);
export const chainOf = (...texts: string[]): RosterChain =>
  readRosterChain(texts.map((text, index) => ({ name: `roster-${index + 1}.json`, text })));

export const passing: GateResult = {
  name: 'ranking_quality',
  title: 'Ranking quality does not fall',
  required: true,
  reason: 'why',
  rule: 'nDCG@10 of the candidate minus the baseline is at least −0.005',
  threshold: -0.005,
  measured: 0.012,
  verdict: 'pass',
};

const files = ['model.onnx', 'policy.yaml', 'release.yaml'].map((path) => ({
  path,
  sha256: sha256Hex(path),
}));
const BUNDLE = bundleDigest(files, sha256Hex);

const ranker = (version: string, digest: string) => ({
  name: 'foryou',
  version,
  team: 'us' as const,
  digest,
});

/** Submitted by Mia, who is also an approver. */
export function evidence(change: Partial<Evidence> = {}): Omit<Evidence, 'roster'> {
  const report: Evidence['report'] = {
    format: 'stateside-replay-report',
    version: 1,
    stateside: '0.1.0',
    snapshot: { name: 'april', digest: sha256Hex('april'), jurisdiction: 'US', created_at: FROM },
    baseline: ranker('1.0.0', sha256Hex('baseline')),
    candidate: ranker('1.1.0', BUNDLE),
    settings: { seed: 1, limit: null, topK: 10 },
    requests: 100,
    candidates: 1000,
    measures: [],
    outcomesDigest: sha256Hex('outcomes'),
  };
  return {
    manifest: {
      name: 'foryou',
      version: '1.1.0',
      team: 'us',
      parent: '1.0.0',
      created_at: '2026-05-01T00:00:00Z',
      submitted_by: 'mia',
      intended_use: 'Ranks the feed of US users.',
    },
    bundleDigest: BUNDLE,
    files,
    report,
    reportDigest: canonicalDigest(report),
    gates: [passing],
    gateRules: { revision: 1, digest: sha256Hex('gates') },
    review: NO_REVIEW,
    checkpoint: null,
    frozenAt: FROZEN_AT,
    ...change,
  };
}

export const frozen = (chain: RosterChain, change: Partial<Evidence> = {}): Frozen =>
  freeze(evidence(change), chain);

export interface Signer {
  readonly who: Member;
  readonly key?: SigningKey;
  readonly at?: string;
  readonly decision?: Decision;
}

/** A record signed as told, whether or not that counts. */
export function record(payload: string, signers: readonly Signer[]): ReleaseRecord {
  return signers.reduce((sofar, { who, key = first(who), at = SIGNED_AT, decision = 'approve' }) => {
    const predicate = {
      decision,
      reason: 'I looked.',
      conditions: '',
      person: who.id,
      role: 'approver',
      at,
      releaseStatement: { sha256: sha256Hex(payload) },
    };
    return addSignoff(sofar, signDecision(payload, 'foryou 1.1.0', predicate, key));
  }, emptyRecord(payload));
}
