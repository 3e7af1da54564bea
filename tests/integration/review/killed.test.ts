import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { bundled } from '../../fixtures/bundled.ts';
import { killed } from '../../fixtures/review/killed.ts';
import { PASSPHRASE } from '../../fixtures/review/workload/people.ts';
import { merge, mergeWorld, stateOf, type MergeWorld } from './merge-world.ts';

const KILLS = 16;
const writerOf = (name: string) => join(import.meta.dirname, '../../fixtures/review/writers', `${name}.ts`);

let world: MergeWorld;
beforeAll(async () => {
  world = await mergeWorld();
}, 120_000);
afterAll(() => world.close());

test(`killed ${KILLS} times while it merges, a workspace has whole files and no half one, and can go on`, async () => {
  const paths = await world.exportedAll();
  const whole = await world.mergedState('merged in one go', paths);
  const template = await world.emptyWorkspace('template');
  template.close();
  const program = await bundled(writerOf('merge'));
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const path = join(world.folder, `killed-${kill}`);
      cpSync(template.folder, path, { recursive: true });
      const confirmed = new Set(await killed(program.path, [path, ...paths], 1, 120));
      const workspace = openWorkspace(path);
      const log = openAuditLog(workspace);
      for (const [at, { id }] of world.workload.campaigns.entries()) {
        const has = workspace.db
          .prepare('SELECT count(*) FROM review_decision WHERE campaign_id = ?')
          .pluck()
          .get(id);
        const logged = workspace.db
          .prepare(
            `SELECT count(*) FROM log_entry, json_each(body, '$.decisions') WHERE action = 'review.merge' AND subject = ?`,
          )
          .pluck()
          .get(id);
        expect(logged).toBe(has);
        if (confirmed.has(paths[at] ?? '')) expect(has).toBeGreaterThan(0);
      }
      expect(log.verify().ok).toBe(true);
      for (const path of paths) merge(workspace, log, path);
      expect(canonicalDigest(stateOf(workspace.db))).toBe(whole);
      workspace.close();
      rmSync(path, { recursive: true });
    }
  } finally {
    program.remove();
  }
}, 120_000);

test(`killed ${KILLS} times during bulk actions, a batch is there with all its decisions and its log entry, or not at all`, async () => {
  const program = await bundled(writerOf('bulk'));
  const path = join(world.folder, 'bulk');
  mkdirSync(path);
  cpSync(world.workload.folder, path, { recursive: true });
  const reviewer = world.workload.workers[0]?.keyId ?? '';
  try {
    const confirmed = await killed(program.path, [path, reviewer, PASSPHRASE], KILLS, 150);
    const workspace = openWorkspace(path);
    const { db } = workspace;
    const batches = z
      .array(z.object({ id: z.string(), decisions: z.string() }))
      .parse(db.prepare('SELECT id, decisions FROM review_batch').all());
    const kept = new Set(batches.map(({ id }) => id));
    expect(confirmed.filter((line) => !kept.has(line))).toEqual([]);
    expect(batches.length).toBeGreaterThanOrEqual(KILLS);
    const logged = db
      .prepare(
        `SELECT json_extract(body, '$.decisions') FROM log_entry WHERE action = 'review.bulk' AND subject = ?`,
      )
      .pluck();
    const has = db
      .prepare('SELECT count(*) FROM review_decision WHERE id IN (SELECT value FROM json_each(?))')
      .pluck();
    for (const { id, decisions } of batches) {
      const ids = z.array(z.string()).parse(JSON.parse(decisions));
      expect(has.get(decisions)).toBe(ids.length);
      expect(JSON.parse(z.string().parse(logged.get(id)))).toEqual(ids);
    }
    const decisions = z.int().parse(db.prepare('SELECT count(*) FROM review_decision').pluck().get());
    const listed = db.prepare('SELECT count(*) FROM review_batch b, json_each(b.decisions)').pluck().get();
    expect(decisions - world.workload.decisions).toBe(listed);
    expect(openAuditLog(workspace).verify().ok).toBe(true);
    workspace.close();
  } finally {
    program.remove();
  }
}, 120_000);
