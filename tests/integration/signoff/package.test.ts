import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import { checksums } from '../../../electron/services/signoff/package/checksums.ts';
import {
  readPackageZip,
  zipPackage,
  type PackageFiles,
} from '../../../electron/services/signoff/package/package-zip.ts';
import type { Pdf } from '../../../electron/services/signoff/package/pdf-statement.ts';
import { verifyPackage } from '../../../electron/services/signoff/package/verify-package.ts';
import { zipFile } from '../releases/zip-bytes.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

const ROSTER = join(PEOPLE, 'roster.json');
const folder = mkdtempSync(join(tmpdir(), 'stateside-package-'));
let world: World;
let json: string;
let files: PackageFiles;

beforeAll(async () => {
  world = await openWorld();
  const releaseDigest = world.release;
  const { statement } = await world.signoff.freeze({ releaseDigest, replayId: world.replay([gate('pass')]) });
  for (const person of ['dana.whitfield', 'joel.abernathy']) {
    await world.signoff.sign({
      releaseDigest,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf(person),
      passphrase: PASSPHRASE,
      decision: 'approve',
      reason: 'I looked, “closely”.',
      conditions: '',
    });
  }
  ({ json } = await world.signoff.record({ releaseDigest }));
  files = collectPackage(world.workspace, world.log, json, NOW);
});
afterAll(() => {
  world.close();
  rmSync(folder, { recursive: true });
});

const trust = { rosters: [{ name: 'roster.json', text: readFileSync(ROSTER, 'utf8') }] };
/** The package with one file changed and the list of checksums made to fit, as a forger would. */
function forged(path: string, change: (text: string) => string): PackageFiles {
  const changed = new Map(files).set(path, change(files.get(path) ?? ''));
  return changed.set('SHA256SUMS', checksums(changed));
}
const verified = (packed: PackageFiles, pdf: Pdf | null = null) =>
  verifyPackage({ files: packed, pdf }, trust);
const firstFailure = (packed: PackageFiles) => verified(packed).steps.find(({ ok }) => !ok);

/** Unpacks the package and runs the commands of its README as they stand, with nothing but the tools it names. */
function runReadme(packed: PackageFiles, name: string) {
  const [unpacked, tools] = [join(folder, name), join(folder, `${name}-tools`)];
  for (const [path, text] of packed) {
    mkdirSync(dirname(join(unpacked, path)), { recursive: true });
    writeFileSync(join(unpacked, path), text);
  }
  mkdirSync(tools);
  for (const tool of ['bash', 'openssl', 'sha256sum', 'base64', 'jq']) {
    const found = spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(tools, tool));
  }
  const commands = [...(packed.get('README.md') ?? '').matchAll(/^```bash\n([^]*?)^```$/gm)].map(
    ([, text]) => text,
  );
  const script = join(folder, `${name}.sh`);
  writeFileSync(script, commands.join('\n'));
  return spawnSync('bash', [script], { cwd: unpacked, env: { PATH: tools }, encoding: 'utf8' });
}

describe('a record package', () => {
  it('verifies with the roster given, and explains every step beyond the record', () => {
    const { ok, steps } = verified(files);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(steps.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'Package',
        'Evidence',
        'Newest log head',
        'Growth',
        'Log entries',
        'Decisions in the log',
        'Verification summary',
      ]),
    );
  });

  it('is read back from its zip as it was written, the same bytes every time', async () => {
    const path = join(folder, 'record.zip');
    writeFileSync(path, zipPackage(files));
    expect(new Map((await readPackageZip(path)).files)).toEqual(new Map(files));
    expect(Buffer.from(zipPackage(files)).equals(readFileSync(path))).toBe(true);
  });

  it('is checked by the commands of its README as written, with openssl, sha256sum, base64 and jq alone', () => {
    const bytes = Buffer.from('%PDF-1.7 the record');
    const pdf = { name: 'record.pdf', sha256: sha256Hex(bytes), bytes };
    mkdirSync(join(folder, 'good'));
    writeFileSync(join(folder, 'good', pdf.name), bytes);
    const packed = collectPackage(world.workspace, world.log, json, NOW, pdf);
    const { status, stdout, stderr } = runReadme(packed, 'good');
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
    ['a log entry', 'log/2.tlog-proof', (text: string) => text.replace(/^extra ../m, 'extra AA')],
    ['the verdict', 'vsa.json', (text: string) => text.replace('"sig":"', '"sig":"A')],
    ['the roster', 'roster/1.json', (text: string) => text.replace(/"payload": "eyJ/, '"payload": "eyK')],
  ])('fails under the README when %s is another, though the checksums fit', (_, path, change) => {
    const name =
      path === 'evidence'
        ? ([...files].find(
            ([, text]) => text.startsWith('{"baseline"') || text.includes('stateside-replay-report'),
          )?.[0] ?? '')
        : path;
    const packed = forged(name, change);
    expect(packed.get(name)).not.toBe(files.get(name));
    const { status, stdout } = runReadme(packed, `bad-${path.replaceAll('/', '-')}`);
    expect(status).not.toBe(0);
    expect(stdout).not.toContain('Everything holds.');
    if (!path.startsWith('roster/') && !path.startsWith('signoffs/'))
      expect(firstFailure(packed)).toBeDefined();
  });

  it('fails under the README with one approver, and with a roster signed by one root', () => {
    const alone = new Map(files);
    alone.delete('signoffs/joel.abernathy.json');
    const one = runReadme(alone.set('SHA256SUMS', checksums(alone)), 'alone');
    expect([one.status === 0, one.stdout.includes('approvals count')]).toEqual([false, false]);
    const roster = JSON.parse(files.get('roster/1.json') ?? '');
    const [root] = roster.signatures;
    const unsigned = (signatures: unknown[]) =>
      forged('roster/1.json', () => JSON.stringify({ ...roster, signatures }));
    expect(runReadme(unsigned([root]), 'one-root').stdout).toBe('');
    const other = { ...root, keyid: roster.signatures[1].keyid };
    expect(runReadme(unsigned([root, other]), 'false-root').stdout).toBe('');
    expect(runReadme(unsigned(roster.signatures), 'both-roots').status).toBe(0);
  }, 120_000);

  it('does not verify with what its own roster says', () => {
    const stranger = {
      rosters: [{ name: 'other', text: (files.get('roster/1.json') ?? '').replace('"sig": "', '"sig": "A') }],
    };
    expect(verifyPackage({ files, pdf: null }, stranger).ok).toBe(false);
  });

  it('names what was swapped', () => {
    expect(firstFailure(new Map(files).set('keys/more.pem', 'x'))?.title).toBe('Package');
    const evidence =
      [...files.keys()].find(
        (path) => path.startsWith('evidence/') && (files.get(path) ?? '').includes('stateside-replay-report'),
      ) ?? '';
    const gates = JSON.parse(Buffer.from(JSON.parse(json).payload, 'base64').toString()).predicate.gateRules;
    for (const [path, title] of [
      [evidence, 'Evidence'],
      [`evidence/${gates.digest}.json`, 'Gate rules'],
    ] as const)
      expect(firstFailure(forged(path, (text) => `${text} `))?.title).toBe(title);
    expect(firstFailure(forged('log/growth', (text) => text.replace('old 1', 'old 2')))?.title).toBe(
      'Growth',
    );
    expect(firstFailure(forged('log/2.tlog-proof', () => ''))?.title).toBe('Log entries');
    const without = new Map(files);
    without.delete('log/2.tlog-proof');
    without.set('SHA256SUMS', checksums(without));
    expect(firstFailure(without)?.title).toBe('Decisions in the log');
    expect(firstFailure(forged('vsa.json', (text) => text.replace('"sig":"', '"sig":"A')))?.title).toBe(
      'Verification summary',
    );
    expect(firstFailure(new Map())?.title).toBe('Package');
  });

  it.each([
    ['leads outside', ['record.json', '../../evil']],
    ['is absolute', ['record.json', '/etc/passwd']],
    ['stands twice', ['record.json', 'record.json']],
    ['stands twice in another case', ['README.md', 'readme.md']],
    ['is none of a record', ['record.json', 'run me.sh']],
  ])('is refused when a name %s', async (_, names) => {
    const path = zipFile(names.map((name) => ({ name, data: Buffer.from('{}') })));
    await expect(readPackageZip(path)).rejects.toThrow(/candidate\.zip holds/);
  });

  it('holds the PDF that was printed of it, and no other passes for it', async () => {
    const bytes = Buffer.from('%PDF-1.7 the record');
    const pdf = { name: 'record.pdf', sha256: sha256Hex(bytes), bytes };
    const packed = collectPackage(world.workspace, world.log, json, NOW, pdf);
    const path = join(folder, 'with-pdf.zip');
    writeFileSync(path, zipPackage(packed, pdf));
    const read = await readPackageZip(path);
    expect(read.pdf).toEqual({ name: 'record.pdf', sha256: pdf.sha256 });
    expect(verifyPackage(read, trust).ok).toBe(true);
    expect(verifyPackage(read, trust, pdf).ok).toBe(true);
    const other = { ...pdf, sha256: 'b'.repeat(64) };
    const failure = (files: PackageFiles, given: Pdf | null, beside: Pdf | null = null) =>
      verifyPackage({ files, pdf: given }, trust, beside).steps.find(({ ok }) => !ok);
    expect(failure(packed, null)?.title).toBe('Package');
    expect(failure(packed, pdf, other)?.detail).toBe('record.pdf is another PDF than was packed');
    const swapped = new Map(packed).set('SHA256SUMS', checksums(packed, other));
    expect(failure(swapped, other)?.detail).toBe('record.pdf is another PDF than was packed');
    expect(failure(files, null, pdf)?.detail).toBe('the package names no PDF');
    const forgedName = new Map(packed).set('pdf.json', packed.get('vsa.json') ?? '');
    forgedName.set('SHA256SUMS', checksums(forgedName, pdf));
    expect(failure(forgedName, pdf)?.detail).toContain('not signed by the log’s key');
  });

  it('is not made without the evidence and the gates that the record names', () => {
    const { db } = world.workspace;
    const report = db.prepare('SELECT report FROM replay').pluck().get();
    db.exec(`UPDATE replay SET report = '{}'`);
    expect(() => collectPackage(world.workspace, world.log, json, NOW)).toThrow('would not be whole');
    db.prepare('UPDATE replay SET report = ?').run(report);
    db.exec('DROP TRIGGER gate_rules_no_delete');
    const rules = db.prepare('SELECT digest, rules FROM gate_rules').raw().get();
    db.exec('DELETE FROM gate_rules');
    expect(() => collectPackage(world.workspace, world.log, json, NOW)).toThrow('the gates');
    db.prepare('INSERT INTO gate_rules VALUES (?, ?)').run(rules);
  });

  it('tells of a refusal that was withdrawn, and its commands count it so', async () => {
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
      const { stdout, stderr } = runReadme(packed, 'withdrawn');
      expect(stderr).toBe('');
      expect(stdout).toContain('2 approvals count');
      const without = new Map(packed);
      for (const path of packed.keys())
        if (path.startsWith('signoffs/joel') && (packed.get(path) ?? '').length > 0) {
          const { payload } = JSON.parse(packed.get(path) ?? '');
          if (Buffer.from(payload, 'base64').toString().includes('withdraw refusal')) without.delete(path);
        }
      expect(without.size).toBe(packed.size - 1);
      without.set('SHA256SUMS', checksums(without));
      expect(runReadme(without, 'still-refused').stdout).not.toContain('approvals count');
    } finally {
      other.close();
    }
  }, 120_000);

  it('is not made of a record that does not verify', async () => {
    const refusedRecord = { ...JSON.parse(json), signatures: [] };
    expect(() => collectPackage(world.workspace, world.log, JSON.stringify(refusedRecord), NOW)).toThrow(
      'does not verify (Approvals',
    );
  });
});

describe('stateside record export --zip and verify', () => {
  it('work together, and sign the verdict with the auditor’s key', async () => {
    vi.stubEnv('STATESIDE_PASSPHRASE', PASSPHRASE);
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const [zip, vsa] = ['cli.zip', 'cli.vsa.json'].map((name) => join(folder, name));
      if (zip === undefined || vsa === undefined) throw new Error('no names');
      const release = ['--release', world.release, '--out', zip];
      expect(
        await runCli(['record', 'export', '--workspace', world.workspace.folder, ...release, '--zip']),
      ).toBe(0);
      const key = ['--vsa', vsa, '--key', join(PEOPLE, 'keys/sam.okafor.pem')];
      expect(await runCli(['record', 'verify', zip, '--roster', ROSTER, ...key])).toBe(0);
      expect(JSON.parse(readFileSync(vsa, 'utf8'))).toMatchObject({
        payloadType: 'application/vnd.in-toto+json',
        signatures: [{ keyid: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      });
      expect(stdout.mock.calls.join('')).toContain('✓ Growth');
      writeFileSync(
        zip,
        zipPackage(forged('log/checkpoint', (text) => text.replace(/\n(\d+)\n/, '\n1$1\n'))),
      );
      expect(await runCli(['record', 'verify', zip, '--roster', ROSTER])).toBe(1);
      expect(stderr.mock.calls.join('')).toContain('fails at “Newest log head”');
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
  });
});
