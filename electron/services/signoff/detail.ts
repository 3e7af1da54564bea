import type {
  PossibleAction,
  SignedAction,
  SignerRow,
  SignoffDetail,
} from '../../../shared/contract/signoff.ts';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { ReleaseAction, TRANSITIONS } from '../../../shared/domain/release/lifecycle.ts';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import { personNamed, type Roster } from '../../../shared/domain/roster/roster.ts';
import { failedAdvisories } from '../../../shared/domain/statements/terms.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { provenActions, type ReadAction } from './actions.ts';
import type { SignoffContext } from './context.ts';
import { holdsKey } from './held-keys.ts';
import type { JudgedRecord } from './judge-record.ts';
import { readSignoff } from './record.ts';
import { reviewedEvidence, withheldBecause, withoutReview } from './reviewed-evidence.ts';
import type { RosterChain } from './roster-chain.ts';
import { staleBecause, statementStaleBecause } from './staleness.ts';
import {
  judgementOf,
  judgeStatement,
  notApprovedBecause,
  predicateOf,
  standingOf,
  type Judgement,
} from './standing.ts';
import {
  finishedReplays,
  newestStatement,
  signoffsOf,
  type FrozenStatement,
  type StoredRelease,
  type StoredSignoff,
} from './tables.ts';

/** Every key of the roster, and whether its signature would count at `at`. */
export function signerRows(
  folder: string,
  chain: RosterChain,
  submittedBy: string | null,
  at: string,
): SignerRow[] {
  return chain.keys.map((key): SignerRow => {
    const [counted] = countSignatures(chain.roster, submittedBy, [{ key, at }]);
    return {
      person: key.person.name,
      keyId: key.keyId,
      organisation: key.person.organisation,
      roles: key.person.roles,
      keyHere: holdsKey(folder, key),
      notCountedBecause: counted?.notCountedBecause ?? null,
    };
  });
}

/**
 * The sign-off of a release as whoever is at this window may read it: what reviewers said is left out of it while it is
 * withheld from them.
 */
export async function signoffDetail(
  { workspace, reviewed }: Pick<SignoffContext, 'workspace' | 'reviewed'>,
  release: StoredRelease,
  at: string,
): Promise<SignoffDetail> {
  const { db, folder } = workspace;
  const judgement = judgementOf(workspace, at);
  const { chain, gates: gateRules } = judgement;
  const inForce = { release: release.digest, gates: gateRules };
  const replays = finishedReplays(db, release.digest);
  const statement = newestStatement(db, release.digest);
  const predicate = statement === null ? null : predicateOf(statement);
  const signoffs = statement === null ? [] : signoffsOf(db, statement.digest);
  const judged = statement === null ? null : judgeStatement(statement, signoffs, judgement);
  const approvals = judged?.approvals ?? 0;
  const threshold = judged?.threshold ?? chain.roster.thresholds.approver;
  const usable = replays.find((replay) => staleBecause(replay, inForce, null) === null);
  const replayed = (usable ?? replays[0])?.gates ?? [];
  const withheld = withheldBecause(workspace, reviewed, release.digest, predicate?.review ?? null);
  const judgedGates =
    statement?.gates ??
    (withheld === null
      ? (await reviewedEvidence(workspace, reviewed, release.digest, replayed)).gates
      : replayed);
  const gates = withheld === null ? judgedGates : withoutReview(judgedGates);
  const refused = (judged?.refusals.length ?? 0) > 0 || release.state === 'refused';
  const stale =
    statement === null || predicate === null ? null : statementStaleBecause(db, predicate, chain, inForce);
  const names = new Map(chain.roster.people.map(({ id, name }) => [id, name]));
  const approved = notApprovedBecause(workspace, release, judgement) === null;
  return {
    releaseDigest: release.digest,
    team: release.manifest.team,
    ...standingOf(workspace, release, judgement),
    actions: possibleActions(workspace, release, judgement),
    history: provenActions(db, release.digest, chain).flatMap((read) => signedAction(read, names)),
    gatesRevision: gateRules.revision,
    rosterVersion: chain.roster.version,
    threshold,
    signers: signerRows(folder, chain, release.manifest.submitted_by, at),
    replays: replays.map((replay) => {
      const { baseline, snapshot } = replay.report;
      return {
        id: replay.id,
        staleBecause: staleBecause(replay, inForce, predicate),
        createdAt: replay.created_at,
        baseline: `${baseline.name} ${baseline.version}`,
        snapshot: snapshot.name,
        requests: replay.requests,
      };
    }),
    gates,
    withheld,
    statement:
      statement === null
        ? null
        : {
            digest: statement.digest,
            replayId: statement.replay_id,
            frozenAt: statement.frozen_at,
            json: withheld === null ? statement.payload : null,
            staleBecause: stale,
            toWaive: failedAdvisories(gates).map(({ name, title }) => ({ gate: name, title })),
          },
    decisions: signoffs.map((signoff) => signedDecision(signoff, judged, names, gates)),
    approvals,
    verdict: refused ? 'refused' : approved ? 'approved' : 'open',
    missing: refused
      ? []
      : missingSteps({
          release,
          fit: usable !== undefined,
          statement,
          stale,
          gates,
          withheld: withheld !== null,
          approvals,
          threshold,
        }),
  };
}

function signedDecision(
  signoff: StoredSignoff,
  judged: JudgedRecord | null,
  names: ReadonlyMap<string, string>,
  gates: readonly GateResult[],
): SignoffDetail['decisions'][number] {
  const because = whyNot(signoff, judged);
  const said = readSignoff(signoff.envelope);
  return {
    person: names.get(signoff.person) ?? signoff.person,
    keyId: signoff.key_id,
    role: signoff.role,
    decision: signoff.decision,
    reason: signoff.reason,
    conditions: signoff.conditions,
    expires: said?.expires ?? null,
    gatesRevision: said?.gatesRevision ?? null,
    waivers: (said?.waivers ?? []).filter((waiver) => gates.some(({ name }) => name === waiver.gate)),
    at: signoff.at,
    counts: because === null,
    notCountedBecause: because,
  };
}

function whyNot(signoff: StoredSignoff, judged: JudgedRecord | null): string | null {
  const proven = judged?.decisions.find(
    ({ key, predicate }) =>
      key.keyId === signoff.key_id && predicate.decision === signoff.decision && predicate.at === signoff.at,
  );
  if (proven === undefined) return 'it does not verify under a key of the roster';
  if (signoff.decision === 'withdraw refusal') return null;
  if (signoff.decision === 'refuse') {
    if (judged?.refusals.includes(proven) === true) return null;
    const withdrawn = judged?.decisions.some(
      ({ key, predicate }) => predicate.decision === 'withdraw refusal' && key.person.id === signoff.person,
    );
    return withdrawn === true ? 'it was withdrawn' : 'its maker could not decide';
  }
  const found = judged?.signatures.find(({ keyId }) => keyId === signoff.key_id);
  return found === undefined ? 'its signature is missing' : found.notCountedBecause;
}

function possibleActions(
  workspace: Workspace,
  release: StoredRelease,
  judgement: Judgement,
): PossibleAction[] {
  return ReleaseAction.options.flatMap((action): PossibleAction[] => {
    const { from, to, team, roles, signatures, needsReason, only } = TRANSITIONS[action];
    if (team !== release.manifest.team || !from.includes(release.state) || signatures === 'threshold')
      return [];
    const blocked = to === 'in production' ? notApprovedBecause(workspace, release, judgement) : null;
    const submitter = personNamed(judgement.chain.roster, release.manifest.submitted_by);
    const unknown =
      only === 'submitter' && submitter === null
        ? `release.yaml names ${release.manifest.submitted_by} as submitter, who is not on the roster`
        : null;
    return [
      {
        action,
        to,
        roles: [...roles],
        signatures,
        needsReason,
        only: only === 'submitter' ? (submitter?.name ?? release.manifest.submitted_by) : null,
        blockedBecause: blocked ?? unknown,
      },
    ];
  });
}

function signedAction(
  { envelope, predicate, unprovenBecause }: ReadAction,
  names: ReadonlyMap<Roster['people'][number]['id'], string>,
): SignedAction[] {
  if (predicate === null) return [];
  const { action, from, to, people, at, reason, globalDecision } = predicate;
  return [
    {
      action,
      from,
      to,
      people: people.map(({ id }) => names.get(id) ?? id),
      at,
      reason,
      globalDecision,
      unprovenBecause,
      json: JSON.stringify(envelope),
    },
  ];
}

function missingSteps(state: {
  release: StoredRelease;
  /** Whether there is a replay that can be frozen. */
  fit: boolean;
  statement: FrozenStatement | null;
  stale: string | null;
  gates: SignoffDetail['gates'];
  withheld: boolean;
  approvals: number;
  threshold: number;
}): SignoffDetail['missing'] {
  const { release, fit, statement, stale, gates, withheld, approvals, threshold } = state;
  if (release.manifest.team !== 'us') return [];
  const here = `/signoff/${release.digest}`;
  const steps: SignoffDetail['missing'] = [];
  const undecided = release.state === 'draft' || release.state === 'submitted';
  if (release.state === 'draft')
    steps.push({ what: `its submission by ${release.manifest.submitted_by}`, route: here });
  if (undecided) steps.push({ what: 'somebody to take it into review', route: here });
  if (!fit && statement === null)
    steps.push({ what: 'a replay of this release on a US snapshot', route: '/replay' });
  for (const gate of gates.filter(({ required, verdict }) => required && verdict !== 'pass')) {
    steps.push({ what: `gate “${gate.title}”: ${gate.verdict}`, route: null });
  }
  if (withheld) steps.push({ what: 'what reviewers found, which is withheld from you', route: here });
  if (fit && statement === null) steps.push({ what: 'the evidence, frozen into a statement', route: here });
  if (stale !== null && release.state === 'in review')
    steps.push({ what: `fresh evidence: ${stale}`, route: here });
  const lacking = threshold - approvals;
  if (lacking > 0)
    steps.push({
      what: lacking === 1 ? 'one more approval' : `${lacking} approvals`,
      route: here,
    });
  return steps;
}
