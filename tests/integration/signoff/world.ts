import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { workspacePaths, type Workspace } from '../../../electron/database/workspace/open.ts';
import type { AuditLog } from '../../../electron/services/audit/audit-log.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { openBundle, type Bundle } from '../../../electron/services/releases/bundle.ts';
import { canonicalDigest, sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { workspaceGates } from '../../../electron/services/signoff/gate-rules.ts';
import { installPeople } from '../../../electron/services/signoff/install-people.ts';
import { signoffService } from '../../../electron/services/signoff/service.ts';

const resources = join(import.meta.dirname, '../../../resources');
export const PEOPLE = join(resources, 'sample/people');
export const BUNDLE = join(resources, 'sample/releases/us-2026.11.0');
const GATES = join(resources, 'gates.yaml');
export const PASSPHRASE = 'stateside sample';
export const NOW = '2026-10-01T12:00:00.000Z';

export const gate = (verdict: GateResult['verdict'], required = true): GateResult => ({
  name: `gate-${verdict}`,
  title: 'Ranking quality does not fall',
  required,
  reason: 'why',
  rule: 'a rule',
  threshold: 0,
  measured: 0.01,
  verdict,
});

const measure = (id: string, difference: number): ReplayReport['measures'][number] => ({
  id,
  title: id,
  unit: '',
  better: 'higher',
  baseline: 0.4,
  candidate: 0.4 + difference,
  difference,
  requests: 50,
});

/** A report in which the bundle is the candidate. */
export function reportOf({ digest, manifest: { name, version, team } }: Bundle): ReplayReport {
  return {
    format: 'stateside-replay-report',
    version: 1,
    stateside: '0.1.0',
    snapshot: {
      name: 'september',
      digest: sha256Hex('snapshot'),
      jurisdiction: 'US',
      created_at: '2026-09-01T00:00:00Z',
    },
    baseline: { name, version: 'us-2026.10.0', team: 'us', digest: sha256Hex('baseline') },
    candidate: { name, version, team, digest },
    settings: { seed: 1, limit: null, topK: 10 },
    requests: 50,
    candidates: 500,
    measures: [
      measure('ndcg@10', 0.01),
      measure('prevalence@5', -0.001),
      measure('negative_feedback@5', -0.001),
    ],
    recheck: { requests: 16, differing: 0 },
    outcomesDigest: sha256Hex('outcomes'),
  };
}

export interface World {
  readonly workspace: Workspace;
  readonly log: AuditLog;
  readonly signoff: ReturnType<typeof signoffService>;
  readonly release: string;
  /** The keyid of a person by id. */
  keyOf(person: string): string;
  /** Adds a finished replay of the release, judged by the gates in force, and answers its id. */
  replay(gates: GateResult[]): string;
  close(): void;
}

/** Makes the gates in force those of the given results; the revision stays. */
function writeGates(path: string, results: readonly GateResult[]): void {
  const revision = /revision: (\d+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? '1';
  const gates = results.map(({ name, title, required, reason }) => ({
    name,
    title,
    required,
    reason,
    fact: 'bundle_intact',
  }));
  writeFileSync(path, `version: 1\nrevision: ${revision}\ngates: ${JSON.stringify(gates)}\n`);
}

/** A workspace with the sample's people and one real US release, ready for its evidence. */
export async function openWorld(now: () => string = () => NOW): Promise<World> {
  const parent = mkdtempSync(join(tmpdir(), 'stateside-signoff-'));
  const workspace = await foundWorkspace(join(parent, 'workspace'), {
    name: 'Test',
    sample: true,
    gatesFile: GATES,
  });
  const log = openAuditLog(workspace);
  await installPeople(workspace, log, PEOPLE, NOW);
  const { db, folder } = workspace;
  const bundle = await openBundle(BUNDLE);
  cpSync(BUNDLE, join(workspacePaths(folder).releases, bundle.digest), { recursive: true });
  const report = reportOf(bundle);
  const addRelease = db.prepare(
    `INSERT INTO release (digest, name, version, team, manifest, state, imported_at, bytes, file_count)
     VALUES (?, ?, ?, ?, ?, 'in review', ?, 1, 1)`,
  );
  for (const [digest, version] of [
    [bundle.digest, bundle.manifest.version],
    [report.baseline.digest, 'us-2026.10.0'],
  ]) {
    addRelease.run(digest, bundle.manifest.name, version, 'us', JSON.stringify(bundle.manifest), NOW);
  }
  db.prepare('INSERT INTO snapshot (digest, path, info, added_at) VALUES (?, ?, ?, ?)').run(
    report.snapshot.digest,
    'x',
    '{}',
    NOW,
  );
  const signoff = signoffService(workspace, log, now);
  const people = await signoff.people();
  let replays = 0;
  return {
    workspace,
    log,
    signoff,
    release: bundle.digest,
    keyOf: (person) =>
      people.find((row) => row.person.toLowerCase().replace(' ', '.').replace('ñ', 'n') === person)?.keyId ??
      '',
    replay: (gates) => {
      writeGates(workspacePaths(folder).gates, gates);
      const gatesDigest = workspaceGates(folder).digest;
      replays += 1;
      db.prepare(
        `INSERT INTO replay (id, snapshot_digest, baseline_digest, candidate_digest, settings, state, created_at, requests, report, report_digest, gates, gates_digest)
         VALUES (?, ?, ?, ?, ?, 'done', ?, 50, ?, ?, ?, ?)`,
      ).run(
        `replay-${replays}`,
        report.snapshot.digest,
        report.baseline.digest,
        bundle.digest,
        JSON.stringify(report.settings),
        NOW,
        JSON.stringify(report),
        canonicalDigest(report),
        JSON.stringify(gates),
        gatesDigest,
      );
      return `replay-${replays}`;
    },
    close: () => {
      workspace.close();
      rmSync(parent, { recursive: true });
    },
  };
}
