import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { openFleet, type Fleet } from './fleet.ts';
import { gate, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-tuf-'));
const repository = join(folder, 'repository');
const key = (person: string): string => join(PEOPLE, 'keys', `${person}.pem`);
const ROOTS = [key('ines.calloway'), key('theo.marchetti')];
const APPROVERS = [key('dana.whitfield'), key('joel.abernathy')];

let world: World;
let fleet: Fleet;

beforeAll(async () => {
  world = await openWorld();
  const releaseDigest = world.release;
  const { statement } = await world.signoff.freeze({ releaseDigest, replayId: world.replay([gate('pass')]) });
  for (const person of ['dana.whitfield', 'joel.abernathy'])
    await world.signoff.sign({
      releaseDigest,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf(person),
      passphrase: PASSPHRASE,
      decision: 'approve',
      reason: 'I looked.',
      conditions: '',
    });
  fleet = await openFleet();
});
afterAll(() => {
  fleet.close();
  world.close();
  rmSync(folder, { recursive: true });
});

async function exported(keys: string[], out = repository, ...more: string[]): Promise<[number, string]> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.stubEnv('STATESIDE_PASSPHRASE', PASSPHRASE);
  try {
    const { folder: workspace } = world.workspace;
    const command = ['record', 'tuf', '--workspace', workspace, '--release', world.release, '--out', out];
    const code = await runCli([...command, '--until', '2027-06-01T00:00:00Z', ...more, '--key', ...keys]);
    return [code, stderr.mock.calls.map(([text]) => String(text)).join('')];
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    vi.unstubAllEnvs();
  }
}

const client = () => fleet.client(join(repository, 'metadata/1.root.json'), repository);
const fetchModel = (from = repository): Promise<string> =>
  fleet.fetch(join(from, 'metadata/1.root.json'), from, `${world.release}/model.onnx`);

/** What is signed in the first file of the repository's metadata whose name matches. */
function signedIn(name: RegExp) {
  const found = readdirSync(join(repository, 'metadata')).find((path) => name.test(path)) ?? '';
  return JSON.parse(readFileSync(join(repository, 'metadata', found), 'utf8')).signed;
}

/** Serves a copy of the repository with one file of its metadata or targets changed. */
async function tampered(name: RegExp, change: (bytes: Buffer) => Buffer): Promise<unknown> {
  const copy = mkdtempSync(join(folder, 'tampered-'));
  cpSync(repository, copy, { recursive: true });
  const found = readdirSync(copy, { recursive: true, encoding: 'utf8' }).find((path) => name.test(path));
  if (found === undefined) throw new Error(`no file ${String(name)}`);
  const path = join(copy, found);
  writeFileSync(path, change(readFileSync(path)));
  return fetchModel(copy).then(
    () => null,
    (error: unknown) => error,
  );
}

describe('an approved release as a TUF repository', () => {
  it('is fetched by tuf-js, which starts from the root that the roster’s roots signed', async () => {
    expect(await exported([...APPROVERS, ...ROOTS])).toEqual([0, '']);
    const stored = join(world.workspace.folder, 'releases', world.release, 'model.onnx');
    expect(await fetchModel()).toBe(createHash('sha256').update(readFileSync(stored)).digest('hex'));
    const { roles } = signedIn(/1\.root\.json$/);
    expect(roles.root).toMatchObject({ threshold: 2, keyids: { length: 2 } });
    expect(roles.targets).toEqual(roles.root);
    const { targets, delegations } = signedIn(/\.targets\.json$/);
    expect(targets).toEqual({});
    expect(delegations.roles).toEqual([
      {
        ...{ name: 'us-release-approvers', terminating: true, threshold: 2 },
        paths: ['*/*', '*/weights/*', '*.release-record.json'],
        keyids: Object.keys(delegations.keys),
      },
    ]);
    expect(Object.keys(delegations.keys)).toHaveLength(3);
  });

  it('names no release that was not exported', async () => {
    const updater = client();
    await updater.refresh();
    expect(await updater.getTargetInfo(`${'0'.repeat(64)}/model.onnx`)).toBeUndefined();
  });

  it('is refused by the client with other bytes, other metadata, or one approver’s signature', async () => {
    expect(
      await tampered(/model\.onnx$/, (bytes) => Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)])),
    ).not.toBeNull();
    expect(
      await tampered(/approvers\.json$/, (bytes) =>
        Buffer.from(bytes.toString().replace('model.onnx', 'model.onny')),
      ),
    ).not.toBeNull();
    expect(
      await tampered(/timestamp\.json$/, (bytes) => Buffer.from(bytes.toString().replace('2027', '2028'))),
    ).not.toBeNull();
    const alone = (bytes: Buffer) => {
      const metadata = JSON.parse(bytes.toString());
      return Buffer.from(JSON.stringify({ ...metadata, signatures: metadata.signatures.slice(0, 1) }));
    };
    expect(await tampered(/approvers\.json$/, alone)).not.toBeNull();
    expect(await fetchModel()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('goes on with a later export, without the roots, and takes nobody who may not sign', async () => {
    const at = '2026-10-02T00:00:00.000Z';
    world.workspace.db.transaction(() =>
      world.log.append({ at, actor: 'ada', action: 'test.note', subject: 'later', body: null }),
    )();
    expect(await exported(APPROVERS)).toEqual([0, '']);
    expect(await fetchModel()).toMatch(/^[0-9a-f]{64}$/);
    for (const [keys, sentence] of [
      [[APPROVERS[0] ?? ''], 'are theirs'],
      [[key('wei.larsen'), APPROVERS[0] ?? ''], '1 of the keys given'],
      [[key('mara.quinones'), APPROVERS[0] ?? ''], '1 of the keys given'],
      [[APPROVERS[0] ?? '', APPROVERS[0] ?? ''], 'signed already'],
    ] as const) {
      const [code, said] = await exported([...keys]);
      expect([code, said]).toEqual([2, expect.stringContaining(sentence)]);
    }
    const [code, said] = await exported(APPROVERS, join(folder, 'rootless'));
    expect([code, said]).toEqual([2, expect.stringContaining('roots sign 1.root.json')]);
    expect(existsSync(join(folder, 'rootless', 'metadata'))).toBe(false);
  });

  it('is written from the window by people whose keys are here, and asks the roots once', async () => {
    const out = join(folder, 'from-window');
    const input = { releaseDigest: world.release, out, until: '2027-01-01T00:00:00.000Z' };
    const signers = (...people: string[]) =>
      people.map((person) => ({ keyId: world.keyOf(person), passphrase: PASSPHRASE }));
    const asked = await world.signoff.tufSigners(input);
    expect(asked.map(({ role, needed, keys }) => [role, needed, keys.length])).toEqual([
      ['approver', 2, 3],
      ['root', 2, 2],
    ]);
    const approvers = signers('dana.whitfield', 'joel.abernathy');
    await expect(world.signoff.exportTuf({ ...input, signers: approvers })).rejects.toThrow('2 roots sign');
    const wrong = [...approvers, { keyId: 'ff', passphrase: PASSPHRASE }];
    await expect(world.signoff.exportTuf({ ...input, signers: wrong })).rejects.toThrow('not on the roster');
    const whole = [...approvers, ...signers('ines.calloway', 'theo.marchetti')];
    const { root, targets, expires } = await world.signoff.exportTuf({ ...input, signers: whole });
    expect(createHash('sha256').update(readFileSync(root.path)).digest('hex')).toBe(root.sha256);
    expect(targets).toContain(`${world.release}/model.onnx`);
    expect(expires).toBe('2027-01-01T00:00:00Z');
    expect((await world.signoff.tufSigners(input)).map(({ role }) => role)).toEqual(['approver']);
    expect(await fetchModel(out)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is not made of a release that is not approved', async () => {
    const other = await openWorld();
    const kept = world;
    world = other;
    try {
      const [code, said] = await exported([...APPROVERS, ...ROOTS], join(folder, 'unapproved'));
      expect([code, said]).toEqual([2, expect.stringContaining('is not approved')]);
      expect(existsSync(join(folder, 'unapproved'))).toBe(false);
    } finally {
      world = kept;
      other.close();
    }
  });
});
