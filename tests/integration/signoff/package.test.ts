import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { forge, leaveOut, openPacked, reportPath, ROSTER, trust } from './packed.ts';
import { NOW, PASSPHRASE, PEOPLE, type World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-package-'));
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

const forged = (path: string, change: (text: string) => string) => forge(files, path, change);
const verified = (packed: PackageFiles, pdf: Pdf | null = null) =>
  verifyPackage({ files: packed, pdf }, trust);
const firstFailure = (packed: PackageFiles) => verified(packed).steps.find(({ ok }) => !ok);

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

  it('does not verify with what its own roster says', () => {
    const stranger = {
      rosters: [{ name: 'other', text: (files.get('roster/1.json') ?? '').replace('"sig": "', '"sig": "A') }],
    };
    expect(verifyPackage({ files, pdf: null }, stranger).ok).toBe(false);
  });

  it('names what was swapped', () => {
    expect(firstFailure(new Map(files).set('keys/more.pem', 'x'))?.title).toBe('Package');
    const evidence = reportPath(files);
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
    expect(firstFailure(leaveOut(files, ['log/2.tlog-proof']))?.title).toBe('Decisions in the log');
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
    expect(failure(leaveOut(packed, []), null)?.detail).toBe(
      'record.pdf, which pdf.json names, is not in the package',
    );
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
