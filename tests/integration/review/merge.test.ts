import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { openWorkspace, workspacePaths } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { exportCampaign } from '../../../electron/services/review/exchange/export.ts';
import { FORMAT, Header, WHOLE_PAYLOAD } from '../../../electron/services/review/exchange/format.ts';
import { mergeCampaign } from '../../../electron/services/review/exchange/merge.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { signEnvelope } from '../../../electron/services/signoff/envelope.ts';
import { importRoster } from '../../../electron/services/signoff/import-roster.ts';
import { unlockKey, type SigningKey } from '../../../electron/services/signoff/key-file.ts';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { bundled } from '../../fixtures/bundled.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { killed } from '../../fixtures/review/killed.ts';
import { PASSPHRASE } from '../../fixtures/review/workload/people.ts';
import { makeWorkload, type Workload } from '../../fixtures/review/workload/workload.ts';

const KILLS = 16;
const writerOf = (name: string) => join(import.meta.dirname, '../../fixtures/review/writers', `${name}.ts`);

let folder = '';
let workload: Workload;
let key: SigningKey;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stateside-merge-'));
  workload = await makeWorkload(
    folder,
    { feeds: 60, decisions: 320, reviewers: 4, seed: 5 },
    '2026-11-20T12:00:00.000Z',
  );
  const path = join(workspacePaths(workload.folder).keys, `${workload.lead.keyId}.pem`);
  key = unlockKey(readFileSync(path, 'utf8'), PASSPHRASE);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Another workspace of the same team, with nothing in it but the roster. */
async function emptyWorkspace(name: string) {
  const path = join(folder, name);
  const [here, there] = [
    openWorkspace(workload.folder),
    await foundWorkspace(path, { name, sample: false, gatesFile }),
  ];
  const envelope = z.string().parse(here.db.prepare('SELECT envelope FROM roster').pluck().get());
  here.close();
  importRoster(there.db, openAuditLog(there), envelope, 'test', '2026-11-21T00:00:00.000Z');
  return there;
}

/** Every campaign of the workload in a file that carries it whole; their paths. */
async function exportedAll(): Promise<string[]> {
  const by = { person: workload.lead.person, key, reader: null };
  const { database } = workspacePaths(workload.folder);
  return Promise.all(
    workload.campaigns.map(async ({ id: campaign }, at) => {
      const path = join(folder, `${at}.review.jsonl`);
      await exportCampaign({ database, campaign, by, now: '2026-11-21T00:00:00.000Z' }, path);
      return path;
    }),
  );
}

const OfDecision = z.looseObject({ decision: z.string() });
const Carried = z.object({
  items: z.array(z.unknown()),
  decisions: z.array(Decision),
  escalations: z.array(OfDecision),
  audits: z.array(OfDecision),
});

/** What a file holds, as version 1 held it. */
function wholeOf(path: string) {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const pieces = lines.slice(0, -1).map((line) => Carried.partial().parse(JSON.parse(line)));
  const rows = Carried.parse({
    items: pieces.flatMap(({ items = [] }) => items),
    decisions: pieces.flatMap(({ decisions = [] }) => decisions),
    escalations: pieces.flatMap(({ escalations = [] }) => escalations),
    audits: pieces.flatMap(({ audits = [] }) => audits),
  });
  const { campaign, policies } = Header.parse(JSON.parse(head));
  const exportedBy = workload.lead.person;
  return {
    ...{ format: FORMAT, version: 1, exportedBy, exportedAt: '2026-11-21T00:00:00.000Z' },
    ...{ campaign, policies, ...rows },
  };
}

let files = 0;
function signedWhole(value: unknown): string {
  const path = join(folder, `whole-${(files += 1)}.json`);
  writeFileSync(path, JSON.stringify(signEnvelope(WHOLE_PAYLOAD, value, [key])));
  return path;
}

/** A file taken apart, decision by decision, into files of version 1, each with its own escalations and audits. */
function split(path: string, parts: number, partOf: (at: number) => number): string[] {
  const whole = wholeOf(path);
  return Array.from({ length: parts }, (_, part) => {
    const decisions = whole.decisions.filter((_, at) => partOf(at) % parts === part);
    const ids = new Set(decisions.map(canonicalDigest));
    const own = ({ decision }: { decision: string }) => ids.has(decision);
    const { escalations, audits } = whole;
    return signedWhole({
      ...{ ...whole, decisions },
      ...{ escalations: escalations.filter(own), audits: audits.filter(own) },
    });
  });
}

/** All that merging makes, however it came: everything but running numbers, moments of merging and the log. */
function stateOf(db: Database): unknown {
  const all = (sql: string) => db.prepare(sql).raw().all();
  const found = (words: string) =>
    db
      .prepare(
        'SELECT d.id FROM review_text t JOIN review_decision d ON d.seq = t.rowid WHERE review_text MATCH ? ORDER BY 1',
      )
      .pluck()
      .all(words);
  return [
    all('SELECT digest FROM review_policies ORDER BY 1'),
    all('SELECT id, definition FROM review_campaign ORDER BY 1'),
    all('SELECT campaign_id, feed, submissions FROM review_feed ORDER BY 1, 2'),
    all('SELECT campaign_id, feed, person, state FROM review_assignment ORDER BY 1, 2, 3'),
    all('SELECT id, body FROM review_decision ORDER BY 1'),
    all('SELECT * FROM review_tally ORDER BY 1, 2'),
    all('SELECT item_id, snapshot_digest, author_id, caption FROM review_item ORDER BY 1, 2'),
    all('SELECT * FROM review_escalation ORDER BY 1'),
    all('SELECT id, decision_id, state, at FROM review_escalation_step ORDER BY 1'),
    all('SELECT id, body FROM review_lead_audit ORDER BY 1'),
    all(`SELECT d.id, x.at, c.text, x.feed, p.text, i.text, y.text, v.text, x.actions, x.reversed FROM review_find x
      JOIN review_decision d ON d.seq = x.seq JOIN review_code c ON c.code = x.campaign JOIN review_code p ON p.code = x.person
      LEFT JOIN review_code i ON i.code = x.item LEFT JOIN review_code y ON y.code = x.policy
      LEFT JOIN review_code v ON v.code = x.verdict ORDER BY 1`),
    all(
      'SELECT text, feed FROM review_sealed_feed s JOIN review_code k ON k.code = s.campaign ORDER BY 1, 2',
    ),
    ['clip', 'thoughts', 'señal', 'a*'].map(found),
  ];
}

const merge = ({ db }: { db: Database }, log: ReturnType<typeof openAuditLog>, path: string) =>
  mergeCampaign(db, log, {
    ...{ path, keys: workspaceRoster(db).keys, actor: 'test', now: '2026-11-22T00:00:00.000Z' },
  });

async function mergedState(name: string, files: readonly string[]): Promise<string> {
  const workspace = await emptyWorkspace(name);
  const log = openAuditLog(workspace);
  for (const file of files) merge(workspace, log, file);
  const state = canonicalDigest(stateOf(workspace.db));
  expect(log.verify().ok).toBe(true);
  workspace.close();
  return state;
}

test('any order, repetition and split of the files gives the same state', async () => {
  const [largest, second] = await exportedAll();
  if (largest === undefined || second === undefined) throw new Error('too few campaigns');
  const whole = await mergedState('whole', [largest, second]);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(50), { minLength: 40, maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      async (parts, cut, order) => {
        const pieces = [...split(largest, parts, (at) => cut[at % cut.length] ?? 0), second];
        const all = [...pieces, ...pieces.filter((_, at) => at % 2 === 0)]
          .map((file) => ({ file, at: order.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ file }) => file);
        run += 1;
        expect(await mergedState(`run-${run}`, all)).toBe(whole);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

test('a file whose escalations or audits are of decisions nobody has is refused whole', async () => {
  const [file] = await exportedAll();
  if (file === undefined) throw new Error('no campaign');
  const step = { decision: canonicalDigest('nobody has it'), state: 'closed', person: 'lead.analyst' };
  const orphaned = signedWhole({
    ...wholeOf(file),
    escalations: [{ ...step, at: '2026-11-21T00:00:00.000Z', comment: '', owner: null, due: null }],
  });
  const workspace = await emptyWorkspace('orphans');
  expect(() => merge(workspace, openAuditLog(workspace), orphaned)).toThrow(
    /speaks of the decision [0-9a-f]{64}, which neither it nor the workspace holds; export the campaign again/,
  );
  expect(workspace.db.prepare('SELECT count(*) FROM review_campaign').pluck().get()).toBe(0);
  workspace.close();
});

test('a merge that is stopped at whatever line or piece leaves the workspace as it was', async () => {
  const [path = ''] = await exportedAll();
  const workspace = await emptyWorkspace('stopped');
  const { db } = workspace;
  const log = openAuditLog(workspace);
  const task = { path, keys: workspaceRoster(db).keys, actor: 'test', now: '2026-11-22T00:00:00.000Z' };
  const before = db.serialize();
  const stoppedAfter = (looks: number): boolean => {
    let left = looks;
    try {
      mergeCampaign(db, log, task, { stopped: () => (left -= 1) < 0 });
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: 'cancelled' });
      expect(db.serialize().equals(before)).toBe(true);
      return true;
    }
  };
  let looks = 0;
  while (stoppedAfter(looks)) looks += 1;
  expect(looks).toBeGreaterThan(5);
  expect(log.verify().ok).toBe(true);
  workspace.close();
});

test(`killed ${KILLS} times while it merges, a workspace has whole files and no half one, and can go on`, async () => {
  const paths = await exportedAll();
  const whole = await mergedState('merged in one go', paths);
  const template = await emptyWorkspace('template');
  template.close();
  const program = await bundled(writerOf('merge'));
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const path = join(folder, `killed-${kill}`);
      cpSync(template.folder, path, { recursive: true });
      const confirmed = new Set(await killed(program.path, [path, ...paths], 1, 120));
      const workspace = openWorkspace(path);
      const log = openAuditLog(workspace);
      for (const [at, { id }] of workload.campaigns.entries()) {
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
  const path = join(folder, 'bulk');
  mkdirSync(path);
  cpSync(workload.folder, path, { recursive: true });
  const reviewer = workload.workers[0]?.keyId ?? '';
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
    expect(decisions - workload.decisions).toBe(listed);
    expect(openAuditLog(workspace).verify().ok).toBe(true);
    workspace.close();
  } finally {
    program.remove();
  }
}, 120_000);
