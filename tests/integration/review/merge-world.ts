import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { expect } from 'vitest';
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
import { unlockKey } from '../../../electron/services/signoff/key-file.ts';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { PASSPHRASE } from '../../fixtures/review/workload/people.ts';
import { makeWorkload } from '../../fixtures/review/workload/workload.ts';

const OfDecision = z.looseObject({ decision: z.string() });
const Carried = z.object({
  items: z.array(z.unknown()),
  decisions: z.array(Decision),
  escalations: z.array(OfDecision),
  audits: z.array(OfDecision),
});

export type MergeWorld = Awaited<ReturnType<typeof mergeWorld>>;

/** A team's workspace with campaigns worked in it, and what is needed to merge them elsewhere. */
export async function mergeWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-merge-'));
  const workload = await makeWorkload(
    folder,
    { feeds: 60, decisions: 320, reviewers: 4, seed: 5 },
    '2026-11-20T12:00:00.000Z',
  );
  const path = join(workspacePaths(workload.folder).keys, `${workload.lead.keyId}.pem`);
  const key = unlockKey(readFileSync(path, 'utf8'), PASSPHRASE);
  const close = () => rmSync(folder, { recursive: true, force: true });

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

  /** A campaign in a file that carries it whole, out of the workspace in a folder; its path. */
  async function exportedFrom(workspace: string, campaign: string, name: string): Promise<string> {
    const by = { person: workload.lead.person, key, reader: null };
    const { database } = workspacePaths(workspace);
    const path = join(folder, `${name}.review.jsonl`);
    await exportCampaign({ database, campaign, by, now: '2026-11-21T00:00:00.000Z' }, path);
    return path;
  }

  /** Every campaign of the workload in a file; their paths. */
  const exportedAll = (): Promise<string[]> =>
    Promise.all(workload.campaigns.map(({ id }, at) => exportedFrom(workload.folder, id, String(at))));

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

  async function mergedState(name: string, files: readonly string[]): Promise<string> {
    const workspace = await emptyWorkspace(name);
    const log = openAuditLog(workspace);
    for (const file of files) merge(workspace, log, file);
    const state = canonicalDigest(stateOf(workspace.db));
    expect(log.verify().ok).toBe(true);
    workspace.close();
    return state;
  }

  return {
    ...{ folder, workload, close, emptyWorkspace, exportedFrom, exportedAll },
    ...{ wholeOf, signedWhole, split, mergedState },
  };
}

/** All that merging makes, however it came: everything but running numbers, moments of merging and the log. */
export function stateOf(db: Database): unknown {
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

/** Merges a file as a test does. */
export const merge = ({ db }: { db: Database }, log: ReturnType<typeof openAuditLog>, path: string) =>
  mergeCampaign(db, log, {
    ...{ path, keys: workspaceRoster(db).keys, actor: 'test', now: '2026-11-22T00:00:00.000Z' },
  });
