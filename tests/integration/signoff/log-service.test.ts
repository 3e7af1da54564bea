import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { newServices } from '../../fixtures/replay/services.ts';

/** Services over a log with one entry for each day of October. */
async function october() {
  const opened = await newServices();
  const log = openAuditLog(opened.workspace);
  opened.workspace.db.transaction(() => {
    for (let day = 1; day <= 31; day += 1)
      log.append({
        at: `2026-10-${String(day).padStart(2, '0')}T12:00:00.000Z`,
        actor: day % 2 === 0 ? 'ada' : 'ben',
        action: day < 30 ? 'test.note' : 'test.other',
        subject: `day ${day}`,
        body: {},
        texts: { reason: `because of day ${day}` },
      });
  })();
  return { ...opened, log, audit: opened.services.audit };
}
const page = { offset: 0, limit: 50, search: '' };

describe('the log page', () => {
  it('narrows by person, action, period and text together', async () => {
    const { audit } = await october();
    const subjects = async (filter: object) =>
      (await audit.entries({ ...page, ...filter })).rows.map(({ subject }) => subject);
    expect(await audit.facets()).toEqual({ actors: ['ada', 'ben'], actions: ['test.note', 'test.other'] });
    expect(await subjects({ from: '2026-10-30T00:00:00Z' })).toEqual(['day 31', 'day 30']);
    expect(await subjects({ from: '2026-10-29T20:00:00-04:00', actor: 'ada' })).toEqual(['day 30']);
    expect(await subjects({ until: '2026-10-03T12:00:00Z' })).toEqual(['day 2', 'day 1']);
    expect(await subjects({ action: 'test.other', search: 'because of day 31' })).toEqual(['day 31']);
  });

  it('redacts a text with a reason, and the log still verifies', async () => {
    const { audit } = await october();
    expect(await audit.texts({ seq: 4 })).toEqual([{ name: 'reason', redacted: false }]);
    await expect(audit.redact({ seq: 4, name: 'reason', because: ' ' })).rejects.toMatchObject({
      code: 'refused',
    });
    await audit.redact({ seq: 4, name: 'reason', because: 'order 26-1044' });
    expect(await audit.texts({ seq: 4 })).toEqual([{ name: 'reason', redacted: true }]);
    expect((await audit.entries({ ...page, search: 'day 5' })).rows[0]?.body).toContain('[redacted]');
    expect((await audit.verify()).ok).toBe(true);
  });

  it('keeps a head that came back, and keeps an alarm for good', async () => {
    const { audit, folder, log } = await october();
    const path = join(folder, 'kept.checkpoint');
    const head = await audit.checkpoint();
    writeFileSync(path, head?.note ?? '');
    expect(await audit.witness({ path, keptBy: 'the auditor' })).toEqual({ size: 31 });
    expect(await audit.witnesses()).toMatchObject([{ size: 31, keptBy: 'the auditor', alarm: null }]);
    // An older copy of the log is put in place: the head names entries that are not there.
    const { note = '' } = log.checkpoint() ?? {};
    writeFileSync(path, note);
    const older = await newServices();
    await expect(older.services.audit.witness({ path, keptBy: 'x' })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});

describe('a long log', () => {
  it('is verified on a thread of its own, as a job that ends', async () => {
    const { services, workspace } = await newServices();
    const log = openAuditLog(workspace);
    workspace.db.transaction(() => {
      for (let index = 0; index < 2_001; index += 1)
        log.append({ at: '2026-10-01T00:00:00Z', actor: 'ada', action: 'test.note', subject: 'x', body: {} });
    })();
    expect((await services.audit.verify()).ok).toBe(true);
    expect(await services.jobs.list()).toMatchObject([
      { title: 'Verify the log', state: 'done', done: 2_001, total: 2_001 },
    ]);
    workspace.db.exec('DROP TRIGGER log_entry_no_update');
    workspace.db.prepare(`UPDATE log_entry SET actor = 'eve' WHERE seq = 1234`).run();
    const { ok, steps } = await services.audit.verify();
    expect(ok).toBe(false);
    expect(steps.find((step) => !step.ok)?.detail).toContain('entry 1234');
    expect((await services.jobs.list()).map(({ state }) => state)).toEqual(['done', 'failed']);
  });
});
