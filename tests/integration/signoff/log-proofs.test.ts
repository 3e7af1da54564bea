import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { openCheckpointSigner } from '../../../electron/services/audit/checkpoint-key.ts';
import {
  proveConsistency,
  proveEntry,
  provesGrowth,
  readProvenEntry,
} from '../../../electron/services/audit/prove.ts';
import { redactText } from '../../../electron/services/audit/redact.ts';
import { importWitness } from '../../../electron/services/audit/witness.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { sha256 } from '../../../electron/services/signoff/digest.ts';
import { leafHash, rootOf } from '../../../shared/domain/log/merkle.ts';
import { NOW, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  for (let index = 1; index <= 9; index += 1) append(`thing ${index}`);
});
afterEach(() => world.close());

const append = (subject: string, texts: Record<string, string> = {}) =>
  world.workspace.db.transaction(() =>
    world.log.append({ at: NOW, actor: 'ada', action: 'test.note', subject, body: { kind: 'note' }, texts }),
  )();
const note = (): string => world.log.checkpoint()?.note ?? '';
const witness = (text: string) =>
  importWitness(world.log, { note: text, keptBy: 'auditor', actor: 'ada', at: NOW });
const firstFailure = () => world.log.verify().steps.find(({ ok }) => !ok);

/** The head a forger with the log's own key would sign over another history of `size` entries. */
function forkedNote(size: number): string {
  const signer = openCheckpointSigner(workspacePaths(world.workspace.folder).logKey);
  const leaves = Array.from({ length: size }, (_, index) => leafHash(sha256, Buffer.from(`other ${index}`)));
  return signer.sign({ size, root: Buffer.from(rootOf(sha256, leaves)).toString('base64') });
}

describe('the proof of an entry', () => {
  it('holds for every entry, and carries it', () => {
    for (let seq = 0; seq < 10; seq += 1) {
      const proven = readProvenEntry(proveEntry(world.log, seq), world.log.key);
      expect(proven).toMatchObject({ index: seq, size: 10 });
      expect(JSON.parse(proven?.entry ?? '')).toMatchObject({ seq });
    }
  });

  it('holds for no other entry, place, head or key', () => {
    const proof = proveEntry(world.log, 4);
    const other = Buffer.from('{"seq":4}').toString('base64');
    const { key } = world.log;
    expect(readProvenEntry(proof.replace(/^extra .*$/m, `extra ${other}`), key)).toBeNull();
    expect(readProvenEntry(proof.replace(/^index 4$/m, 'index 5'), key)).toBeNull();
    expect(readProvenEntry(proof.replace(/^10$/m, '11'), key)).toBeNull();
    expect(
      readProvenEntry(
        proof,
        key.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x')),
      ),
    ).toBeNull();
    expect(readProvenEntry(proof.replace(/^extra .*\n/m, ''), key)).toBeNull();
    expect(readProvenEntry('nothing', key)).toBeNull();
  });

  it('is not made from a log that does not add up, or for a place outside it', () => {
    expect(() => proveEntry(world.log, 10)).toThrow('its entries are 0 to 9');
    world.workspace.db.exec(
      "DROP TRIGGER log_entry_no_update; UPDATE log_entry SET leaf_hash = iif(leaf_hash LIKE 'e%', 'f', 'e') || substr(leaf_hash, 2) WHERE seq = 3",
    );
    expect(() => proveEntry(world.log, 4)).toThrow('does not add up');
  });
});

describe('the proof of growth', () => {
  it('leads from every old head to the newest', () => {
    const heads = world.workspace.db.prepare('SELECT note FROM log_checkpoint ORDER BY size').pluck().all();
    for (const [index, head] of heads.entries())
      expect(provesGrowth(proveConsistency(world.log, index + 1), String(head), world.log.key)).toBe(true);
  });

  it('does not lead from a forked head, another size or an altered proof', () => {
    const proof = proveConsistency(world.log, 5);
    expect(provesGrowth(proof, forkedNote(5), world.log.key)).toBe(false);
    expect(provesGrowth(proof, note(), world.log.key)).toBe(false);
    expect(provesGrowth(proof.replace(/\n\n/, '\nAAAA\n\n'), note(), world.log.key)).toBe(false);
    expect(() => proveConsistency(world.log, 11)).toThrow('never had 11 entries');
  });
});

describe('a head that comes back from elsewhere', () => {
  it('is kept when the log contains it, once, and every check holds the log against it', () => {
    const kept = note();
    append('later');
    expect(witness(kept)).toMatchObject({ size: 10 });
    expect(witness(kept)).toMatchObject({ size: 10 });
    const steps = world.log.verify().steps.at(-1);
    expect(steps).toMatchObject({ title: 'Witnesses', ok: true, checked: '1 heads kept elsewhere' });
    expect(world.log.entries({ offset: 0, limit: 1, search: '' }).rows[0]?.action).toBe('log.witness');
  });

  it('of another history is an alarm, stays one, and cannot be taken away', () => {
    expect(() => witness(forkedNote(4))).toThrow(/^FORK: this log signed another history of its first 4/);
    expect(firstFailure()).toMatchObject({
      title: 'Witnesses',
      detail: expect.stringMatching(/^FORK: auditor/),
    });
    expect(world.log.entries({ offset: 0, limit: 1, search: '' }).rows[0]?.action).toBe('log.alarm');
    expect(() => world.workspace.db.exec('DELETE FROM witness')).toThrow('append-only');
  });

  it('of more entries than there are shows that the log was rewound', () => {
    expect(() => witness(forkedNote(40))).toThrow(/^REWOUND: this log once had 40 entries and has only 10/);
    expect(firstFailure()).toMatchObject({ detail: expect.stringMatching(/^REWOUND: auditor/) });
  });

  it('of another log, altered or no checkpoint at all is refused and leaves nothing', async () => {
    const other = await openWorld();
    expect(() => witness(other.log.checkpoint()?.note ?? '')).toThrow(/not signed by this log's key/);
    other.close();
    expect(() => witness(note().replace('\n10\n', '\n9\n'))).toThrow(/not signed by this log's key/);
    expect(() => witness('hello')).toThrow('is no C2SP checkpoint');
    expect(world.log.checkpoint()?.size).toBe(10);
    expect(world.log.verify().ok).toBe(true);
  });
});

describe('a redacted text', () => {
  it('is gone from the workspace while entry, proof and checks stay as they were', () => {
    append('decision', { reason: 'Somebody named Jane did it.' });
    const before = proveEntry(world.log, 10);
    expect(world.log.entries({ offset: 0, limit: 1, search: 'jane' }).rows[0]?.body).toBe(
      '{"kind":"note","reason":"Somebody named Jane did it."}',
    );
    redactText(world.log, { seq: 10, name: 'reason', because: 'Order 26-1', actor: 'ada', at: NOW });
    expect(readProvenEntry(before, world.log.key)).not.toBeNull();
    expect(readProvenEntry(proveEntry(world.log, 10), world.log.key)).not.toBeNull();
    expect(world.log.verify().ok).toBe(true);
    expect(world.log.entries({ offset: 0, limit: 9, search: 'jane' }).total).toBe(0);
    expect(world.log.entries({ offset: 1, limit: 1, search: '' }).rows[0]?.body).toContain('"[redacted]"');
  });

  it('is missed when it goes without an entry, and seen when it is another text', () => {
    append('decision', { reason: 'one' });
    append('decision', { reason: 'two' });
    const { db } = world.workspace;
    expect(() => db.exec("UPDATE log_text SET text = 'three'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM log_text')).toThrow('never deleted');
    db.exec('UPDATE log_text SET salt = NULL, text = NULL WHERE seq = 10');
    expect(firstFailure()).toMatchObject({
      title: 'Texts',
      detail: expect.stringContaining('entry 10 is gone'),
    });
    db.exec("DROP TRIGGER log_text_only_redacted; UPDATE log_text SET text = 'x', salt = 'y' WHERE seq = 10");
    expect(firstFailure()?.detail).toContain('beside entry 10 is not the one that was hashed');
  });

  it('needs a reason, and a text that is there', () => {
    const redact = (because: string, seq: number) =>
      redactText(world.log, { seq, name: 'reason', because, actor: 'ada', at: NOW });
    append('decision', { reason: 'one' });
    expect(() => redact(' ', 10)).toThrow('needs its legal reason');
    expect(() => redact('Order', 3)).toThrow('entry 3 of the audit log has no text “reason”');
    expect(world.log.checkpoint()?.size).toBe(11);
  });
});

describe('stateside log', () => {
  it('writes proofs and heads, takes heads back, and sounds the alarm with exit 1', async () => {
    const out = mkdtempSync(join(tmpdir(), 'stateside-log-'));
    const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockReturnValue(true),
    );
    const { folder } = world.workspace;
    const file = (name: string) => join(out, name);
    try {
      expect(await runCli(['log', 'prove', folder, '--seq', '3', '--out', file('p')])).toBe(0);
      expect(readProvenEntry(readFileSync(file('p'), 'utf8'), world.log.key)?.index).toBe(3);
      expect(await runCli(['log', 'prove', folder, '--seq', '3', '--since', '3'])).toBe(2);
      expect(await runCli(['log', 'prove', folder, '--seq', 'three'])).toBe(2);
      expect(await runCli(['log', 'checkpoint', folder, '--out', file('c')])).toBe(0);
      append('later');
      expect(await runCli(['log', 'prove', folder, '--since', '10', '--out', file('g')])).toBe(0);
      const [old, growth] = ['c', 'g'].map((name) => readFileSync(file(name), 'utf8'));
      expect(provesGrowth(growth ?? '', old ?? '', world.log.key)).toBe(true);
      expect(await runCli(['log', 'witness', folder, file('c'), '--kept-by', 'auditor'])).toBe(0);
      writeFileSync(file('f'), forkedNote(4));
      expect(await runCli(['log', 'witness', folder, file('f'), '--kept-by', 'auditor'])).toBe(1);
      expect(stderr?.mock.calls.join('')).toContain('FORK');
      expect(await runCli(['log', 'verify', folder])).toBe(1);
      append('decision', { reason: 'one' });
      const seq = String((world.log.checkpoint()?.size ?? 0) - 1);
      const redact = ['log', 'redact', folder, '--field', 'reason', '--because', 'Order', '--seq', seq];
      expect(await runCli(redact)).toBe(0);
      expect(await runCli(redact)).toBe(2);
      expect(stdout?.mock.calls.join('')).toContain('is gone');
    } finally {
      vi.restoreAllMocks();
      rmSync(out, { recursive: true });
    }
  });
});
