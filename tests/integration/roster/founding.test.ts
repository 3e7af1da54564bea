import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { openWorkspace, type Workspace } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { rosterService } from '../../../electron/services/roster/service.ts';
import { signoffService } from '../../../electron/services/signoff/service.ts';
import { foundEmpty } from '../../../electron/services/workspace/found-empty.ts';

const RESOURCES = join(import.meta.dirname, '../../../resources');
const NOW = '2026-10-01T12:00:00.000Z';
const OWN = 'cable orchid venom';

let parent: string;
const opened: Workspace[] = [];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'stateside-founding-'));
});
afterEach(() => {
  for (const workspace of opened.splice(0)) workspace.close();
  rmSync(parent, { recursive: true });
});

/** A machine of its own: a founded workspace and its services. */
async function machine(name: string) {
  const workspace = await foundEmpty(join(parent, name), name, RESOURCES);
  opened.push(workspace);
  const log = openAuditLog(workspace);
  return { workspace, log, roster: rosterService(workspace, log, () => NOW) };
}

const person = (id: string, pem: string, roles: ('root' | 'approver')[]) => ({
  kind: 'put' as const,
  person: {
    id,
    name: id,
    organisation: 'us' as const,
    roles,
    keys: [{ publicKey: pem, validFrom: '2026-01-01T00:00:00Z', validUntil: '2027-01-01T00:00:00Z' }],
  },
});

describe('a workspace that is founded', () => {
  it('has a log that verifies and nobody who could sign', async () => {
    const { workspace, log, roster } = await machine('austin');
    expect(log.verify().ok).toBe(true);
    expect(log.entries({ offset: 0, limit: 1, search: 'workspace.found' }).rows[0]?.subject).toBe('austin');
    await expect(roster.get()).rejects.toMatchObject({ code: 'not_found' });
    expect(await roster.keys()).toEqual([]);
    expect(await signoffService(workspace, log).people()).toEqual([]);
  });

  it('is not founded without a name, or where a workspace or anything else is', async () => {
    await expect(foundEmpty(join(parent, 'x'), ' ', RESOURCES)).rejects.toThrow('needs a name');
    await machine('austin');
    await expect(foundEmpty(join(parent, 'austin'), 'again', RESOURCES)).rejects.toThrow(
      'holds a workspace already',
    );
    await expect(foundEmpty(parent, 'parent', RESOURCES)).rejects.toThrow('is not empty');
  });
});

describe('a first roster', () => {
  it('is signed by its roots on two machines, has the same number on both, and is then pinned', async () => {
    const [austin, boston] = [await machine('austin'), await machine('boston')];
    const [ada, ben] = [
      await austin.roster.newKey({ passphrase: OWN }),
      await boston.roster.newKey({ passphrase: OWN }),
    ];
    const draft = await austin.roster.draft({
      changes: [
        person('ada', ada.pem, ['root', 'approver']),
        person('ben', ben.pem, ['root', 'approver']),
        { kind: 'thresholds', approver: 2, root: 2 },
      ],
    });
    expect(draft).toMatchObject({ version: 1, signers: [] });
    expect(draft.changes).toEqual(['ada joins (us: root, approver)', 'ben joins (us: root, approver)']);
    const half = await austin.roster.signDraft({ text: draft.text, keyId: ada.keyId, passphrase: OWN });
    expect(half.incompleteBecause).toBe('roster version 1 is signed by 1 of its own roots and needs 2');
    await expect(austin.roster.import({ text: half.text })).rejects.toThrow('needs 2');
    expect((await boston.roster.readDraft({ text: half.text })).digest).toBe(draft.digest);
    const whole = await boston.roster.signDraft({ text: half.text, keyId: ben.keyId, passphrase: OWN });
    expect(whole.incompleteBecause).toBeNull();
    for (const { roster, log } of [austin, boston]) {
      expect(await roster.import({ text: whole.text })).toMatchObject({ version: 1, pin: draft.digest });
      expect(log.verify().ok).toBe(true);
    }
    await expect(austin.roster.import({ text: whole.text })).rejects.toThrow('is here already');
  });

  it('is no roster without enough roots, and its roots alone sign it', async () => {
    const { roster } = await machine('austin');
    const [root, other] = [
      await roster.newKey({ passphrase: OWN }),
      await roster.newKey({ passphrase: OWN }),
    ];
    const one = [person('ada', root.pem, ['root'])];
    await expect(roster.draft({ changes: one })).rejects.toThrow('fewer roots with a key');
    const { text } = await roster.draft({
      changes: [...one, person('ben', other.pem, ['approver']), { kind: 'thresholds', approver: 2, root: 1 }],
    });
    await expect(roster.signDraft({ text, keyId: other.keyId, passphrase: OWN })).rejects.toThrow(
      'only roots sign a roster',
    );
    expect(
      (await roster.signDraft({ text, keyId: root.keyId, passphrase: OWN })).incompleteBecause,
    ).toBeNull();
  });
});

describe('stateside workspace new', () => {
  it('founds a workspace and refuses to found it twice', async () => {
    const said: string[] = [];
    const listen = (chunk: string | Uint8Array) => {
      said.push(String(chunk));
      return true;
    };
    const out = vi.spyOn(process.stdout, 'write').mockImplementation(listen);
    const err = vi.spyOn(process.stderr, 'write').mockImplementation(listen);
    const folder = join(parent, 'cli');
    const codes = [
      await runCli(['--json', 'workspace', 'new', folder, '--name', 'From the command line']),
      await runCli(['workspace', 'new', folder, '--name', 'Again']),
      await runCli(['workspace', 'new', folder]),
    ];
    out.mockRestore();
    err.mockRestore();
    expect(codes).toEqual([0, 2, 2]);
    expect(JSON.parse(said[0] ?? '')).toMatchObject({ folder, name: 'From the command line' });
    expect(said[1]).toContain('holds a workspace already');
    const workspace = openWorkspace(folder);
    opened.push(workspace);
    expect(workspace.name).toBe('From the command line');
    expect(readFileSync(join(folder, 'gates.yaml'), 'utf8')).toContain('revision:');
  });
});
