import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import type { PackageFiles } from '../../../electron/services/signoff/package/package-zip.ts';
import { verifyPackage } from '../../../electron/services/signoff/package/verify-package.ts';
import { readRosterChain } from '../../../electron/services/signoff/roster-chain.ts';
import { forge, leaveOut, openPacked, reportPath, trust } from './packed.ts';
import { runReadme } from './run-readme.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-readme-'));
let world: World;
let json: string;
let files: PackageFiles;
beforeAll(async () => {
  ({ world, json, files } = await openPacked());
});
afterAll(() => {
  world.close();
  rmSync(folder, { recursive: true });
});

const run = (packed: PackageFiles, name: string) => runReadme(folder, packed, name);

/** The package without the decisions of these kinds, in its files and in its record. */
function without(packed: PackageFiles, kinds: readonly string[]): PackageFiles {
  const gone = (envelope: { payload: string }): boolean =>
    kinds.includes(JSON.parse(Buffer.from(envelope.payload, 'base64').toString()).predicate.decision);
  const record = JSON.parse(packed.get('record.json') ?? '');
  const kept = record.signoffs.filter((envelope: { payload: string }) => !gone(envelope));
  const paths = [...packed].filter(([path, text]) => path.startsWith('signoffs/') && gone(JSON.parse(text)));
  const left = leaveOut(
    packed,
    paths.map(([path]) => path),
  );
  return forge(left, 'record.json', () => JSON.stringify({ ...record, signoffs: kept }));
}

describe('the commands of the README in a record package', () => {
  it('hold as written, with openssl, sha256sum, base64 and jq alone', async () => {
    const bytes = Buffer.from('%PDF-1.7 the record');
    const pdf = { name: 'record.pdf', sha256: sha256Hex(bytes), bytes };
    mkdirSync(join(folder, 'good'));
    writeFileSync(join(folder, 'good', pdf.name), bytes);
    const packed = collectPackage(world.workspace, world.log, json, NOW, pdf);
    const { status, stdout, stderr } = await run(packed, 'good');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('roster version 1 is properly signed');
    expect(stdout).toContain('2 approvals count');
    expect(stdout).toContain('record.pdf is the one that was printed of this record');
    expect(stdout).toContain('dana.whitfield: approve at');
    expect(stdout.trimEnd().endsWith('Everything holds.')).toBe(true);
  }, 120_000);

  it.each([
    [
      'a reason in a sign-off',
      'signoffs/dana.whitfield.json',
      (text: string) => text.replace(/"sig":"../, '"sig":"AA'),
    ],
    ['the statement', 'record.json', (text: string) => text.replace(/"payload": "eyJ/, '"payload": "eyK')],
    ['a replay report', 'evidence', (text: string) => text.replace('"requests":50', '"requests":51')],
    ['the log head', 'log/checkpoint', (text: string) => text.replace(/\n(\d+)\n/, '\n1$1\n')],
    [
      'what shows that the log grew',
      'log/growth',
      (text: string) =>
        text.replace(/^(old 1\n)(.)/m, (_, old: string, sign: string) => `${old}${sign === 'A' ? 'B' : 'A'}`),
    ],
    ['a log entry', 'log/2.tlog-proof', (text: string) => text.replace(/^extra ../m, 'extra AA')],
    ['the verdict', 'vsa.json', (text: string) => text.replace('"sig":"', '"sig":"A')],
    ['the roster', 'roster/1.json', (text: string) => text.replace(/"payload": "eyJ/, '"payload": "eyK')],
  ])('fail when %s is another, though the checksums fit', async (_, path, change) => {
    const name = path === 'evidence' ? reportPath(files) : path;
    const packed = forge(files, name, change);
    expect(packed.get(name)).not.toBe(files.get(name));
    const { status, stdout } = await run(packed, `bad-${path.replaceAll('/', '-')}`);
    expect(status).not.toBe(0);
    expect(stdout).not.toContain('Everything holds.');
    if (!path.startsWith('roster/') && !path.startsWith('signoffs/'))
      expect(verifyPackage({ files: packed, pdf: null }, trust).ok).toBe(false);
  });

  it('fail with one approver, and with a roster signed by one root', async () => {
    const one = await run(leaveOut(files, ['signoffs/joel.abernathy.json']), 'alone');
    expect([one.status === 0, one.stdout.includes('approvals count')]).toEqual([false, false]);
    const roster = JSON.parse(files.get('roster/1.json') ?? '');
    const [root] = roster.signatures;
    const unsigned = (signatures: unknown[]) =>
      forge(files, 'roster/1.json', () => JSON.stringify({ ...roster, signatures }));
    expect((await run(unsigned([root]), 'one-root')).stdout).toBe('');
    const other = { ...root, keyid: roster.signatures[1].keyid };
    expect((await run(unsigned([root, other]), 'false-root')).stdout).toBe('');
    expect((await run(unsigned(roster.signatures), 'both-roots')).status).toBe(0);
  }, 120_000);

  it('follow the roster from version to version, and take no version that says to be another', async () => {
    const first = [{ name: 'roster.json', text: files.get('roster/1.json') ?? '' }];
    const roots = ['ines.calloway', 'theo.marchetti'].map((person) =>
      unlockKey(readFileSync(join(PEOPLE, 'keys', `${person}.pem`), 'utf8'), PASSPHRASE),
    );
    const second = signRoster(nextRoster(readRosterChain(first), {}, NOW), roots, first);
    const followed = await run(
      forge(files, 'roster/2.json', () => second),
      'second',
    );
    expect(followed.stderr).toBe('');
    expect(followed.stdout).toContain('roster version 2 is properly signed');
    expect(followed.stdout).toContain('Everything holds.');
    const again = await run(
      forge(files, 'roster/2.json', () => first[0]?.text ?? ''),
      'again',
    );
    expect([again.status === 0, again.stdout]).toEqual([false, 'roster version 1 is properly signed\n']);
  }, 120_000);

  it('count a refusal that was withdrawn, and see one that was left out of the record', async () => {
    let clock = NOW;
    const other = await openWorld(() => clock);
    try {
      const releaseDigest = other.release;
      const { statement } = await other.signoff.freeze({
        releaseDigest,
        replayId: other.replay([gate('pass'), gate('fail', false)]),
      });
      const decide = (person: string, decision: 'approve' | 'refuse' | 'withdraw refusal') => {
        clock = new Date(Date.parse(clock) + 60_000).toISOString();
        return other.signoff.sign({
          releaseDigest,
          statementDigest: statement?.digest ?? '',
          keyId: other.keyOf(person),
          passphrase: PASSPHRASE,
          decision,
          reason: 'I looked.',
          conditions: '',
          waivers: decision === 'approve' ? [{ gate: 'gate-fail', reason: 'Known and small.' }] : [],
          ...(person === 'joel.abernathy' ? {} : { expires: '2099-01-01T00:00:00Z' }),
        });
      };
      await decide('dana.whitfield', 'approve');
      await decide('joel.abernathy', 'refuse');
      await decide('joel.abernathy', 'withdraw refusal');
      await decide('joel.abernathy', 'approve');
      const record = await other.signoff.record({ releaseDigest });
      const packed = collectPackage(other.workspace, other.log, record.json, clock);
      expect([...packed.keys()].filter((path) => path.startsWith('signoffs/'))).toHaveLength(4);
      expect(verifyPackage({ files: packed, pdf: null }, { ...trust, at: clock }).ok).toBe(true);
      const { stdout, stderr } = await run(packed, 'withdrawn');
      expect(stderr).toBe('');
      expect(stdout).toContain('2 approvals count');
      const stillRefused = await run(without(packed, ['withdraw refusal']), 'still-refused');
      expect(stillRefused.stdout).toContain('joel.abernathy: refuse at');
      expect(stillRefused.stdout).not.toContain('approvals count');
      const hushed = await run(without(packed, ['withdraw refusal', 'refuse']), 'hushed');
      expect(hushed.status).not.toBe(0);
      expect(hushed.stdout).toContain('2 approvals count');
      expect(hushed.stdout).toMatch(/the decision [0-9a-f]{64} was logged and left out of the record/);
      expect(hushed.stdout).not.toContain('Everything holds.');
    } finally {
      other.close();
    }
  }, 120_000);

  it('count no approval dated ahead of the clock of who checks', async () => {
    const ahead = new Date(Date.now() + 7_200_000).toISOString();
    const other = await openWorld(() => ahead);
    try {
      const releaseDigest = other.release;
      const { statement } = await other.signoff.freeze({
        releaseDigest,
        replayId: other.replay([gate('pass')]),
      });
      for (const person of ['dana.whitfield', 'joel.abernathy'])
        await other.signoff.sign({
          ...{ releaseDigest, statementDigest: statement?.digest ?? '', keyId: other.keyOf(person) },
          ...{
            passphrase: PASSPHRASE,
            decision: 'approve',
            reason: 'I looked.',
            conditions: '',
            waivers: [],
          },
        });
      const { json } = await other.signoff.record({ releaseDigest });
      const packed = collectPackage(other.workspace, other.log, json, ahead);
      expect(verifyPackage({ files: packed, pdf: null }, { ...trust, at: ahead }).ok).toBe(true);
      const { status, stdout } = await run(packed, 'ahead');
      expect(status).not.toBe(0);
      expect(stdout).toContain('joel.abernathy: approve at');
      expect(stdout).not.toContain('approvals count');
    } finally {
      other.close();
    }
  }, 120_000);
});
