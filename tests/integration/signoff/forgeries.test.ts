import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { importRoster } from '../../../electron/services/signoff/import-roster.ts';
import { unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { checksums } from '../../../electron/services/signoff/package/checksums.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import { verifyPackage } from '../../../electron/services/signoff/package/verify-package.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { readRosterChain } from '../../../electron/services/signoff/roster-chain.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { DsseEnvelope, IN_TOTO_PAYLOAD } from '../../../shared/domain/statements/dsse.ts';
import { verificationSummary } from '../../../shared/domain/statements/verification-summary.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

const text = readFileSync(join(PEOPLE, 'roster.json'), 'utf8');
const first = [{ name: 'roster.json', text }];
const chain = readRosterChain(first);
const ROOTS = ['ines.calloway', 'theo.marchetti'].map((person) =>
  unlockKey(readFileSync(join(PEOPLE, 'keys', `${person}.pem`), 'utf8'), PASSPHRASE),
);

let clock: string;
let world: World;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

async function approve(person: string, at: World = world): Promise<void> {
  const { statement } = await at.signoff.get({ releaseDigest: world.release });
  await at.signoff.sign({
    releaseDigest: world.release,
    statementDigest: statement?.digest ?? '',
    keyId: world.keyOf(person),
    passphrase: PASSPHRASE,
    decision: 'approve',
    reason: 'I looked.',
    conditions: '',
  });
}
const freeze = () =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay([gate('pass')]) });
/** The next roster, properly signed, in which a person's key is revoked at a moment. */
const revoking = (person: string, at: string): string =>
  signRoster(
    nextRoster(
      chain,
      { revocations: [...chain.roster.revocations, { keyId: world.keyOf(person), at, reason: 'stolen' }] },
      at,
    ),
    ROOTS,
    first,
  );

describe('a decision dated back', () => {
  it('to before its key was revoked is not taken in from another machine', async () => {
    const there = await openWorld(() => clock);
    try {
      await freeze();
      there.replay([gate('pass')]);
      await there.signoff.collect(await world.signoff.handOver({ releaseDigest: world.release }));
      clock = '2026-10-01T12:01:00.000Z';
      await approve('joel.abernathy', there);
      const theirs = await there.signoff.handOver({ releaseDigest: world.release });
      clock = '2026-10-01T14:00:00.000Z';
      const revoked = revoking('joel.abernathy', '2026-10-01T13:00:00.000Z');
      importRoster(world.workspace.db, world.log, revoked, 'ada', clock);
      const before = await world.signoff.get({ releaseDigest: world.release });
      await expect(world.signoff.collect(theirs)).rejects.toThrow(
        /joel\.abernathy that is new here, and the key was revoked at .*; when it was made cannot be told/,
      );
      expect(await world.signoff.get({ releaseDigest: world.release })).toEqual(before);
    } finally {
      there.close();
    }
  });

  it('from the future is not taken in either', async () => {
    const there = await openWorld(() => clock);
    try {
      await freeze();
      there.replay([gate('pass')]);
      await there.signoff.collect(await world.signoff.handOver({ releaseDigest: world.release }));
      clock = '2026-10-02T12:00:00.000Z';
      await approve('joel.abernathy', there);
      const theirs = await there.signoff.handOver({ releaseDigest: world.release });
      clock = NOW;
      await expect(world.signoff.collect(theirs)).rejects.toThrow(
        'a decision of joel.abernathy from 2026-10-02T12:00:00.000Z, and it is only 2026-10-01T12:00:00.000Z here',
      );
    } finally {
      there.close();
    }
  });

  it('is found in a package by the moment at which the log took it in', async () => {
    await freeze();
    for (const person of ['dana.whitfield', 'joel.abernathy']) await approve(person);
    clock = '2026-10-01T14:00:00.000Z';
    const { json } = await world.signoff.record({ releaseDigest: world.release });
    const files = collectPackage(world.workspace, world.log, json, clock);
    const rosters = (at: string) => [...first, { name: 'second', text: revoking('joel.abernathy', at) }];
    const failure = (at: string) =>
      verifyPackage({ files, pdf: null }, { rosters: rosters(at), at: clock }).steps.find(({ ok }) => !ok);
    expect(failure('2026-10-01T13:00:00.000Z')).toBeUndefined();
    // Signed and logged in the same instant here, so a revocation before it counts against both.
    expect(failure(NOW)?.title).toBe('Approvals');
    const late = new Map(files);
    for (const [path, proof] of files)
      if (path.endsWith('.tlog-proof')) late.set(path, proof.replace(/^extra .*$/m, 'extra e30='));
    late.set('SHA256SUMS', checksums(late));
    expect(verifyPackage({ files: late, pdf: null }, { rosters: first, at: clock }).ok).toBe(false);
  });
});

describe('a verdict for policy engines', () => {
  it('about another statement, another release or another roster does not pass for this one', async () => {
    await freeze();
    for (const person of ['dana.whitfield', 'joel.abernathy']) await approve(person);
    const { json } = await world.signoff.record({ releaseDigest: world.release });
    const files = collectPackage(world.workspace, world.log, json, NOW);
    const { statement } = await world.signoff.get({ releaseDigest: world.release });
    const right = {
      subject: [{ name: 'the release', digest: { sha256: world.release } }],
      timeVerified: NOW,
      releaseDigest: world.release,
      rosterDigest: chain.digest,
      statementDigest: statement?.digest ?? '',
      passed: true,
    };
    const failure = (part: Partial<typeof right>) => {
      const vsa = world.log.attest(IN_TOTO_PAYLOAD, verificationSummary({ ...right, ...part }));
      const packed = new Map(files).set('vsa.json', canonicalJson(vsa));
      packed.set('SHA256SUMS', checksums(packed));
      const bad = verifyPackage({ files: packed, pdf: null }, { rosters: first, at: NOW }).steps.find(
        ({ ok }) => !ok,
      );
      return bad === undefined ? null : `${bad.title}: ${bad.detail}`;
    };
    const other = 'f'.repeat(64);
    expect(failure({})).toBeNull();
    expect(failure({ statementDigest: other })).toContain('rests on another statement');
    expect(failure({ rosterDigest: other })).toContain('with another roster');
    expect(failure({ passed: false })).toContain('something else than PASSED');
    expect(failure({ subject: [{ name: 'x', digest: { sha256: other } }] })).toContain('another release');
  });
});

describe('a roster version', () => {
  it('that is issued in the future is not taken yet', () => {
    const early = revoking('joel.abernathy', '2026-10-01T14:00:00.000Z');
    expect(() => importRoster(world.workspace.db, world.log, early, 'ada', NOW)).toThrow(
      'is issued at 2026-10-01T14:00:00.000Z, and it is only 2026-10-01T12:00:00.000Z here',
    );
    clock = '2026-10-01T14:00:00.000Z';
    expect(importRoster(world.workspace.db, world.log, early, 'ada', clock).roster.version).toBe(2);
  });

  it('or a revocation in it is not taken back by whoever writes to the database', () => {
    const { db } = world.workspace;
    expect(() => db.exec('DELETE FROM roster')).toThrow('append-only');
    expect(() => db.exec(`UPDATE roster SET envelope = '{}'`)).toThrow('append-only');
  });
});

describe('gates that are edited', () => {
  it('between looking and signing are seen: nothing is signed', async () => {
    const { statement } = await freeze();
    const decision = {
      releaseDigest: world.release,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf('dana.whitfield'),
      decision: 'approve' as const,
      ...{ reason: 'I looked.', conditions: '' },
    };
    const { at } = await world.signoff.preview(decision);
    const { gates } = workspacePaths(world.workspace.folder);
    writeFileSync(gates, readFileSync(gates, 'utf8').replace('"required":true', '"required":false'));
    await expect(world.signoff.sign({ ...decision, at, passphrase: PASSPHRASE })).rejects.toThrow(
      'the gates changed since the evidence was frozen',
    );
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ decisions: [] });
  });

  it('into a bomb of aliases are refused with their place, and nothing is read from them', async () => {
    const { gates } = workspacePaths(world.workspace.folder);
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [at, name] of ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].entries()) {
      const of = `*${'abcdefgh'[at]}`;
      bomb.push(`${name}: &${name} [${of}, ${of}, ${of}, ${of}, ${of}, ${of}, ${of}, ${of}]`);
    }
    const replayId = world.replay([gate('pass')]);
    writeFileSync(gates, `version: 1\n${bomb.join('\n')}\n`);
    await expect(world.signoff.freeze({ releaseDigest: world.release, replayId })).rejects.toThrow(
      /gates\.yaml: line 2.*(aliases|anchors) .*not allowed/,
    );
  });
});

describe('a record whose JSON means to change the objects it becomes', () => {
  it('changes nothing but itself, and proves nothing', async () => {
    await freeze();
    await approve('dana.whitfield');
    const { json } = await world.signoff.handOver({ releaseDigest: world.release });
    const polluted = json.replace('{', '{"__proto__": {"approved": true}, "constructor": {"prototype": {}},');
    await world.signoff.verify({ json: polluted });
    expect(Reflect.get({}, 'approved')).toBeUndefined();
    const record = JSON.parse(json);
    const statement = Buffer.from(record.payload, 'base64').toString();
    const payload = Buffer.from(statement.replace('{', '{"__proto__":{"approved":true},')).toString('base64');
    const forged = await world.signoff.verify({ json: JSON.stringify({ ...record, payload }) });
    expect(forged.ok).toBe(false);
    expect(Reflect.get({}, 'approved')).toBeUndefined();
    expect(DsseEnvelope.parse(JSON.parse(polluted))).not.toHaveProperty('approved');
    expect(canonicalDigest(record)).toMatch(/^[0-9a-f]{64}$/);
  });
});
