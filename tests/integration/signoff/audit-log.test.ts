import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogEntryRow } from '../../../shared/contract/audit.ts';
import { sha256 } from '../../../electron/services/signoff/digest.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { leafHash } from '../../../shared/domain/log/merkle.ts';
import { NOW, openWorld, type World } from './world.ts';

const EXTRA = 12;
let world: World;
beforeEach(async () => {
  world = await openWorld();
  for (let index = 1; index <= EXTRA; index += 1) append(`thing ${index}`);
});
afterEach(() => world.close());

const append = (subject: string, log = world.log) =>
  world.workspace.db.transaction(() =>
    log.append({ at: NOW, actor: 'ada', action: 'test.note', subject, body: { note: 'ünïcode' } }),
  )();

/** Changes the log behind its back, past the triggers that forbid it, and answers what verifying then says. */
function tamper(...statements: string[]) {
  const { db } = world.workspace;
  const tables = ['log_entry', 'log_checkpoint'];
  for (const table of tables) db.exec(`DROP TRIGGER ${table}_no_update; DROP TRIGGER ${table}_no_delete`);
  for (const statement of statements) db.exec(statement);
  const { ok, steps } = world.log.verify();
  const bad = steps.filter((step) => !step.ok);
  return { ok, titles: bad.map(({ title }) => title), details: bad.map(({ detail }) => detail).join(' | ') };
}

/** What a forger with the file but not the key would write: a changed entry with a fitting leaf hash. */
function forge(seq: number): string {
  const entry = String(
    world.workspace.db.prepare('SELECT entry FROM log_entry WHERE seq = ?').pluck().get(seq),
  ).replaceAll('ada', 'eve');
  const hash = Buffer.from(leafHash(sha256, Buffer.from(entry))).toString('hex');
  return `UPDATE log_entry SET actor = 'eve', entry = '${entry}', leaf_hash = '${hash}' WHERE seq = ${seq}`;
}

describe('the audit log', () => {
  it('is good as it was written', () => {
    const { ok, steps } = world.log.verify();
    expect(ok).toBe(true);
    expect(steps.map(({ title }) => title)).toEqual([
      'Entries',
      'Chain',
      'Heads',
      'Roots',
      'Newest head',
      'Texts',
      'Statements',
      'Witnesses',
    ]);
    expect(world.log.checkpoint()?.size).toBe(EXTRA + 1);
  });

  it('is not written outside a transaction', () => {
    expect(() => world.log.append({ at: NOW, actor: 'a', action: 'b', subject: 'c', body: null })).toThrow(
      'outside the transaction',
    );
  });

  it('continues whoever appends, and after a transaction that was undone', () => {
    const other = openAuditLog(world.workspace);
    append('from another', other);
    append('from the first');
    expect(() =>
      world.workspace.db.transaction(() => {
        world.log.append({ at: NOW, actor: 'ada', action: 'test.note', subject: 'undone', body: null });
        throw new Error('undone');
      })(),
    ).toThrow('undone');
    expect(append('after').seq).toBe(EXTRA + 3);
    expect(world.log.verify().ok).toBe(true);
  });

  it('continues a long log that was read ahead, and one that grew or shrank meanwhile', async () => {
    const { db } = world.workspace;
    const other = openAuditLog(world.workspace);
    const many = (log = world.log) =>
      db.transaction(() => {
        for (let at = 0; at < 2100; at += 1)
          log.append({ at: NOW, actor: 'ada', action: 'test.note', subject: `${at}`, body: null });
      });
    many()();
    const ahead = other.readAhead();
    append('while it is read');
    await ahead;
    expect(append('after', other).seq).toBe(EXTRA + 2102);
    many()();
    expect(append('again', other).seq).toBe(EXTRA + 4203);
    expect(() =>
      db.transaction(() => {
        many(other)();
        throw new Error('undone');
      })(),
    ).toThrow('undone');
    expect(append('last', other).seq).toBe(EXTRA + 4204);
    expect(world.log.verify(true).ok).toBe(true);
  });

  it('stops reading ahead once the workspace is closed', async () => {
    const ahead = openAuditLog(world.workspace).readAhead();
    world.workspace.close();
    await expect(ahead).resolves.toBeUndefined();
  });

  it('shows pages newest first, and finds words', () => {
    const page = world.log.entries({ offset: 0, limit: 2, search: 'Thing 1' });
    expect(page).toMatchObject({ total: 4, offset: 0 });
    expect(page.rows.map(({ subject }) => subject)).toEqual(['thing 12', 'thing 11']);
    expect(page.rows.every((row) => LogEntryRow.safeParse(row).success)).toBe(true);
    expect(world.log.entries({ offset: 0, limit: 9, search: '%' }).total).toBe(0);
    expect(world.log.entries({ offset: 12, limit: 9, search: '' }).rows.map(({ seq }) => seq)).toEqual([0]);
  });

  it('cannot be changed by accident', () => {
    const { db } = world.workspace;
    expect(() => db.exec("UPDATE log_entry SET actor = 'eve'")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM log_entry')).toThrow('append-only');
  });

  it('names the entry whose shown words were changed', () => {
    const { titles, details } = tamper("UPDATE log_entry SET actor = 'eve' WHERE seq = 5");
    expect(titles).toEqual(['Entries']);
    expect(details).toBe('entry 5 is shown with other words than were hashed');
  });

  it('names the entry whose hashed words were changed', () => {
    const { titles, details } = tamper(
      "UPDATE log_entry SET entry = replace(entry, 'ada', 'eve') WHERE seq = 5",
    );
    expect(titles).toEqual(['Entries', 'Chain', 'Roots']);
    expect(details).toContain('entry 5 was changed');
    expect(details).toContain('entry 6 does not follow the entry before it');
    expect(details).toContain('after entry 5 the root is');
  });

  it('names the entry that was changed with its hash', () => {
    const { titles, details } = tamper(forge(5));
    expect(titles).toEqual(['Chain', 'Roots']);
    expect(details).toContain('after entry 5 the root is');
  });

  it('names the last entry when that one was changed with its hash', () => {
    expect(tamper(forge(EXTRA))).toMatchObject({
      titles: ['Roots'],
      details: expect.stringContaining(`after entry ${EXTRA} the root is`),
    });
  });

  it('misses an entry taken from the middle', () => {
    const { titles, details } = tamper('DELETE FROM log_entry WHERE seq = 5');
    expect(titles).toContain('Chain');
    expect(details).toContain('entry 5 is missing; entry 6 stands in its place');
  });

  it('misses entries taken from the end', () => {
    const { titles, details } = tamper('DELETE FROM log_entry WHERE seq > 10');
    expect(titles).toEqual(['Roots', 'Newest head']);
    expect(details).toContain('entries 11 to 12 are missing');
  });

  it('sees two entries that changed places', () => {
    const swap = [
      'UPDATE log_entry SET seq = 99 WHERE seq = 3',
      'UPDATE log_entry SET seq = 3 WHERE seq = 4',
      'UPDATE log_entry SET seq = 4 WHERE seq = 99',
    ];
    expect(tamper(...swap)).toMatchObject({
      ok: false,
      details: expect.stringContaining('entry 3 is shown with other words'),
    });
  });

  it('sees a head that was changed, and one that was put in its place without the key', () => {
    expect(
      tamper(
        'UPDATE log_checkpoint SET root = (SELECT root FROM log_checkpoint WHERE size = 3) WHERE size = 4',
      ),
    ).toMatchObject({
      titles: ['Heads', 'Roots'],
      details: expect.stringContaining('the head of 4 entries is shown with other values than were signed'),
    });
    world.workspace.db.exec(
      "UPDATE log_checkpoint SET note = replace(note, char(10) || '4' || char(10), char(10) || '5' || char(10)) WHERE size = 4",
    );
    expect(world.log.verify().steps.find(({ ok }) => !ok)?.detail).toBe(
      'the head of 4 entries is not signed by the log’s key'.replace('’', "'"),
    );
  });

  it('sees entries that came without a head', () => {
    expect(tamper('DELETE FROM log_checkpoint WHERE size > 10')).toMatchObject({ titles: ['Newest head'] });
  });

  it('says exactly which heads it checked when there are many, and checks every one when told to', () => {
    const { db } = world.workspace;
    db.transaction(() => {
      for (let entry = 0; entry < 2100; entry += 1)
        world.log.append({ at: NOW, actor: 'ada', action: 'test.note', subject: String(entry), body: null });
    })();
    const heads = (everyHead: boolean) =>
      world.log.verify(everyHead).steps.find(({ title }) => title === 'Heads');
    const total = Number(db.prepare('SELECT count(*) FROM log_checkpoint').pluck().get());
    expect(heads(true)?.checked).toBe(`all ${total} signed heads`);
    expect(heads(false)).toMatchObject({
      checked: expect.stringMatching(
        new RegExp(`^102\\d of ${total} signed heads \\(the newest 1024 and every 1024th before\\)$`),
      ),
      detail: 'every signature that was checked is good',
    });
    db.exec('DROP TRIGGER log_checkpoint_no_update');
    db.exec("UPDATE log_checkpoint SET note = replace(note, '\u2014', '-') WHERE size = 100");
    expect(heads(true)?.ok).toBe(false);
  });
});
