import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { publicKeyTexts } from '../../../electron/services/roster/public-key-texts.ts';
import { rosterService } from '../../../electron/services/roster/service.ts';
import { NOW, openWorld, PASSPHRASE, PEOPLE, type World } from '../signoff/world.ts';

let world: World;
let roster: ReturnType<typeof rosterService>;
beforeEach(async () => {
  world = await openWorld();
  roster = rosterService(world.workspace, world.log, () => NOW);
});
afterEach(() => world.close());

const ROOTS = ['ines.calloway', 'theo.marchetti'];
const sign = (text: string, person: string) =>
  roster.signDraft({ text, keyId: world.keyOf(person), passphrase: PASSPHRASE });

describe('the roster of a workspace', () => {
  it('tells who could sign, who signed each version, and how each key is written elsewhere', async () => {
    const { version, pin, digest, reach, people, versions } = await roster.get();
    expect([version, pin]).toEqual([1, digest]);
    expect(reach.map(({ role, able, survivesLoss }) => [role, able.length, survivesLoss])).toEqual([
      ['approver', 3, true],
      ['root', 2, false],
    ]);
    expect(versions[0]?.signers.toSorted()).toEqual(['Ines Calloway', 'Theo Marchetti']);
    const dana = people.find(({ id }) => id === 'dana.whitfield')?.keys[0];
    expect(dana).toMatchObject({ here: true, revoked: null, unusableBecause: null });
    expect(dana?.openssh).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\S+ dana\.whitfield\n$/);
  });

  it('goes on when the roots signed a draft one after another, and takes nothing less', async () => {
    const keyId = world.keyOf('priya.raman');
    const draft = await roster.draft({ changes: [{ kind: 'revoke', keyId, reason: 'laptop stolen' }] });
    expect(draft).toMatchObject({ version: 2, signers: [] });
    await expect(sign(draft.text, 'dana.whitfield')).rejects.toThrow('only roots sign a roster');
    const half = await sign(draft.text, 'ines.calloway');
    expect(half.signers).toEqual(['Ines Calloway']);
    expect(half.incompleteBecause).toContain('signed by 1 roots of version 1 and needs 2');
    await expect(roster.import({ text: half.text })).rejects.toThrow('needs 2');
    const twice = await sign(half.text, 'ines.calloway');
    expect(twice.incompleteBecause).not.toBeNull();
    const whole = await sign(half.text, 'theo.marchetti');
    expect(whole.incompleteBecause).toBeNull();
    const after = await roster.import({ text: whole.text });
    expect(after.version).toBe(2);
    expect(after.reach[0]).toMatchObject({ able: ['Dana Whitfield', 'Joel Abernathy'], survivesLoss: false });
    expect(after.people.find(({ id }) => id === 'priya.raman')?.keys[0]?.revoked?.reason).toBe(
      'laptop stolen',
    );
    await expect(roster.import({ text: whole.text })).rejects.toThrow('is here already');
    expect(world.log.verify().ok).toBe(true);
  });

  it('drafts people, thresholds and leavings, and refuses what makes no roster', async () => {
    const { people } = await roster.get();
    const sam = people.find(({ id }) => id === 'sam.okafor');
    if (sam === undefined) throw new Error('nobody called Sam');
    const keys = sam.keys.map(({ pem, validFrom, validUntil }) => ({
      publicKey: pem,
      validFrom,
      validUntil,
    }));
    const { json } = await roster.draft({
      changes: [
        { kind: 'put', person: { ...sam, roles: ['reviewer', 'approver'], keys } },
        { kind: 'remove', personId: 'lucia.ortega' },
        { kind: 'thresholds', approver: 3, root: 2 },
      ],
    });
    const next = JSON.parse(json);
    expect(next.thresholds.approver).toBe(3);
    expect(next.people.map(({ id }: { id: string }) => id)).not.toContain('lucia.ortega');
    await expect(roster.draft({ changes: [{ kind: 'thresholds', approver: 1, root: 2 }] })).rejects.toThrow(
      'is no roster',
    );
    await expect(roster.draft({ changes: [{ kind: 'remove', personId: 'nobody' }] })).rejects.toThrow(
      'nobody called nobody',
    );
    await expect(roster.draft({ changes: [{ kind: 'remove', personId: 'ines.calloway' }] })).rejects.toThrow(
      'fewer roots with a key than its threshold',
    );
  });
});

describe('a private key of a workspace', () => {
  it('is made, backed up, lost and restored, and opens with its passphrase alone', async () => {
    const made = await roster.newKey({ passphrase: 'cable orchid venom' });
    expect(made.person).toBeNull();
    const { pem } = await roster.backUpKey({ keyId: made.keyId });
    const path = join(workspacePaths(world.workspace.folder).keys, `${made.keyId}.pem`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    rmSync(path);
    await expect(roster.backUpKey({ keyId: made.keyId })).rejects.toThrow('does not hold the key');
    await expect(roster.restoreKey({ pem, passphrase: 'another passphrase' })).rejects.toThrow(
      'does not open',
    );
    expect(await roster.restoreKey({ pem, passphrase: 'cable orchid venom' })).toEqual(made);
    expect((await roster.keys()).map(({ keyId }) => keyId)).toContain(made.keyId);
    await expect(roster.backUpKey({ keyId: '../log-key' })).rejects.toThrow('no keyid');
  });

  it('is put under another passphrase, which then signs and the old one does not', async () => {
    const keyId = world.keyOf('ines.calloway');
    const change = (passphrase: string, newPassphrase: string) =>
      roster.changePassphrase({ keyId, passphrase, newPassphrase });
    await expect(change('wrong passphrase', 'cable orchid venom')).rejects.toThrow('does not open');
    await expect(change(PASSPHRASE, 'short')).rejects.toThrow('shorter than 12');
    expect(await change(PASSPHRASE, 'cable orchid venom')).toMatchObject({ person: 'Ines Calloway' });
    const { text } = await roster.draft({ changes: [{ kind: 'thresholds', approver: 3, root: 2 }] });
    await expect(sign(text, ROOTS[0] ?? '')).rejects.toThrow('does not open');
    const signed = await roster.signDraft({ text, keyId, passphrase: 'cable orchid venom' });
    expect(signed.signers).toEqual(['Ines Calloway']);
  });
});

/** Made by ssh-keygen -t ed25519 and read back with ssh-keygen -l. */
const KNOWN = {
  pem: '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n',
  openssh: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea rfc8032\n',
};

describe('a public key', () => {
  it('is written as OpenSSH reads it', () => {
    expect(publicKeyTexts(KNOWN.pem, 'rfc8032').openssh).toBe(KNOWN.openssh);
  });

  it.runIf(spawnSync('ssh-keygen', ['-h']).error === undefined)(
    'has the fingerprint that ssh-keygen finds',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'stateside-ssh-'));
      const file = join(folder, 'key.pub');
      writeFileSync(file, publicKeyTexts(KNOWN.pem, 'rfc8032').openssh);
      const { stdout, status } = spawnSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^256 SHA256:\S{43} rfc8032 \(ED25519\)\n$/);
    },
  );

  it('is written as minisign lays it out: Ed, eight bytes of id, 32 bytes of key', () => {
    const { minisign } = publicKeyTexts(KNOWN.pem, 'x');
    const [comment, encoded] = minisign.split('\n');
    const bytes = Buffer.from(encoded ?? '', 'base64');
    expect(bytes.length).toBe(42);
    expect(bytes.subarray(0, 2).toString()).toBe('Ed');
    expect(bytes.subarray(10).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
    const id = Buffer.from(bytes.subarray(2, 10).toReversed()).toString('hex').toUpperCase();
    expect(comment).toBe(`untrusted comment: minisign public key ${id}`);
  });
});

describe('stateside roster and key', () => {
  it('draft, sign on two machines and import, and change a passphrase', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stateside-roster-'));
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('STATESIDE_PASSPHRASE', PASSPHRASE);
    try {
      const [changes = '', draft = '', backup = ''] = ['changes.json', 'v2.json', 'key.pem'].map((name) =>
        join(folder, name),
      );
      const first = join(PEOPLE, 'roster.json');
      writeFileSync(changes, JSON.stringify([{ kind: 'remove', personId: 'sam.okafor' }]));
      expect(await runCli(['roster', 'draft', first, '--changes', changes, '--out', draft])).toBe(0);
      for (const root of ROOTS) {
        const key = join(PEOPLE, 'keys', `${root}.pem`);
        expect(await runCli(['roster', 'sign', draft, '--roster', first, '--key', key])).toBe(0);
      }
      const { folder: workspace } = world.workspace;
      expect(await runCli(['roster', 'import', draft, '--workspace', workspace])).toBe(0);
      expect((await roster.get()).version).toBe(2);
      expect(await runCli(['roster', 'import', first, '--workspace', workspace])).toBe(2);

      const keyId = world.keyOf('dana.whitfield');
      const from = ['--workspace', workspace, '--key-id', keyId, '--out', backup];
      expect(await runCli(['key', 'backup', ...from])).toBe(0);
      vi.stubEnv('STATESIDE_NEW_PASSPHRASE', 'cable orchid venom');
      expect(await runCli(['key', 'passphrase', backup])).toBe(0);
      expect(await runCli(['key', 'passphrase', backup])).toBe(2);
      rmSync(join(workspacePaths(workspace).keys, `${keyId}.pem`));
      vi.stubEnv('STATESIDE_PASSPHRASE', 'cable orchid venom');
      expect(await runCli(['key', 'restore', backup, '--workspace', workspace])).toBe(0);
      const pem = join(workspacePaths(workspace).keys, `${keyId}.pub.pem`);
      stdout.mockClear();
      expect(await runCli(['key', 'show', pem, '--format', 'openssh'])).toBe(0);
      expect(String(stdout.mock.calls[0]?.[0])).toMatch(/^ssh-ed25519 /);
      expect(await runCli(['key', 'show', backup, '--format', 'openssh'])).toBe(2);
      expect(readFileSync(backup, 'utf8')).toContain('ENCRYPTED PRIVATE KEY');
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});
