import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { DecisionInput, SignoffDetail } from '../../../shared/contract/signoff.ts';
import type { ReleaseAction } from '../../../shared/domain/release/lifecycle.ts';
import { listReleases } from '../../../electron/database/workspace/releases.ts';
import { withStanding } from '../../../electron/services/signoff/standing.ts';
import { gate, PASSPHRASE, PEOPLE, type World } from './world.ts';

export const rosters = [{ name: 'roster.json', text: readFileSync(join(PEOPLE, 'roster.json'), 'utf8') }];

/** What people do with the release of the world that `here` answers, at the time that `now` answers. */
export function deedsIn(here: () => World, now: () => string) {
  const freeze = (gates = [gate('pass')]) =>
    here().signoff.freeze({ releaseDigest: here().release, replayId: here().replay(gates) });
  const decision = async (person: string, change: Partial<DecisionInput> = {}): Promise<DecisionInput> => {
    const { statement } = await here().signoff.get({ releaseDigest: here().release });
    return {
      releaseDigest: here().release,
      statementDigest: statement?.digest ?? '',
      keyId: here().keyOf(person),
      decision: 'approve',
      reason: 'I looked.',
      conditions: '',
      ...change,
    };
  };
  const decide = async (person: string, change: Partial<DecisionInput> = {}): Promise<SignoffDetail> =>
    here().signoff.sign({ ...(await decision(person, change)), passphrase: PASSPHRASE });
  const approve = async () => {
    await decide('dana.whitfield');
    return decide('joel.abernathy');
  };
  const act = (action: ReleaseAction, people: string[], change: { reason?: string; release?: string } = {}) =>
    here().signoff.act({
      releaseDigest: change.release ?? here().release,
      action,
      reason: change.reason ?? 'As agreed.',
      globalDecision: 'Approved by Wei Larsen on 2026-09-20, ticket 17.',
      signers: people.map((person) => ({ keyId: here().keyOf(person), passphrase: PASSPHRASE })),
    });
  /** Writes a state into the table, as nobody should. */
  const setState = (state: string, digest = here().release): void => {
    here().workspace.db.prepare('UPDATE release SET state = ? WHERE digest = ?').run(state, digest);
  };
  const shown = (digest = here().release) =>
    withStanding(here().workspace, listReleases(here().workspace.db), now()).find(
      (row) => row.digest === digest,
    );
  /** Expects a refusal that leaves no signature, no step and no entry of the log. */
  const refusedWith = async (sentence: RegExp, call: () => Promise<unknown>): Promise<void> => {
    const counts = () =>
      ['signoff', 'release_action', 'log_entry'].map((table) =>
        here().workspace.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      );
    const before = [counts(), shown()?.state];
    await expect(call()).rejects.toThrow(sentence);
    expect([counts(), shown()?.state]).toEqual(before);
  };
  return { freeze, decision, decide, approve, act, setState, shown, refusedWith };
}
