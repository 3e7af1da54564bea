import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { foundWorkspace } from '../../electron/database/workspace/found.ts';
import { openWorkspace, workspacePaths } from '../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../electron/services/audit/service.ts';
import { exportCampaign } from '../../electron/services/review/exchange/export.ts';
import { mergeCampaign } from '../../electron/services/review/exchange/merge.ts';
import { writeReasons } from '../../electron/services/review/reasons.ts';
import { unlockKey } from '../../electron/services/signoff/key-file.ts';
import { importRoster } from '../../electron/services/signoff/import-roster.ts';
import { workspaceRoster } from '../../electron/services/signoff/tables.ts';
import { gatesFile } from '../fixtures/replay/gates-file.ts';
import { LEAD, PASSPHRASE } from '../fixtures/review/workload/people.ts';

/**
 * `node review-child.ts export|merge|reasons WORKSPACE CAMPAIGN FILE`: writes a campaign, merges its file into a
 * workspace with nothing but the roster, or writes the statements of reasons of all time; prints rows, seconds and the
 * most memory held.
 */
const [what = '', folder = '', campaign = '', path = ''] = process.argv.slice(2);
const now = new Date().toISOString();
const workspace = openWorkspace(folder);
const { db } = workspace;
const started = performance.now();

const WORK: Readonly<Record<string, () => Promise<number>>> = {
  async export() {
    const keyId = workspaceRoster(db).keys.find(({ person }) => person.id === LEAD)?.keyId ?? '';
    const key = unlockKey(
      readFileSync(join(workspacePaths(folder).keys, `${keyId}.pem`), 'utf8'),
      PASSPHRASE,
    );
    const by = { person: LEAD, key, reader: null };
    let rows = 0;
    const { database } = workspacePaths(folder);
    await exportCampaign({ database, campaign, by, now }, path, { progress: (written) => (rows = written) });
    return rows;
  },
  async merge() {
    const there = await foundWorkspace(`${path}.team`, { name: 'Another', sample: false, gatesFile });
    const log = openAuditLog(there);
    const roster = z.string().parse(db.prepare('SELECT envelope FROM roster').pluck().get());
    importRoster(there.db, log, roster, 'bench', now);
    const { keys } = workspaceRoster(there.db);
    const { added } = mergeCampaign(there.db, log, { path, keys, actor: 'bench', now });
    there.close();
    return added;
  },
  async reasons() {
    const period = { from: '2000-01-01T00:00:00.000Z', to: now, reader: null, partial: false };
    return (await writeReasons(db, period, 'json', `${path}.json`)).statements;
  },
};

const rows = (await WORK[what]?.()) ?? 0;
workspace.close();
console.log(
  JSON.stringify({
    rows,
    seconds: (performance.now() - started) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
