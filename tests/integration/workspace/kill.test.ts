import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { openAuditLog } from '../../../electron/services/audit/service.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';

const gatesFile = join(import.meta.dirname, '../../../resources/gates.yaml');
const writer = join(import.meta.dirname, '../../fixtures/replay/writer.ts');

test.each([0, 1, 3, 8])('a process killed %i ms into its writing leaves whole deeds only', async (wait) => {
  const folder = join(testFolder(), 'team');
  (await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile })).close();
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await setTimeout(wait);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const workspace = openWorkspace(folder);
  const count = (sql: string): unknown => workspace.db.prepare(sql).pluck().get();
  const releases = Number(count('SELECT count(*) FROM release'));
  expect(releases).toBeGreaterThan(20);
  expect(count('SELECT count(*) FROM log_entry')).toBe(releases);
  expect(count('SELECT count(*) FROM log_checkpoint')).toBe(releases);
  expect(count('SELECT count(*) FROM release r JOIN log_entry l ON l.subject = r.digest')).toBe(releases);
  expect(openAuditLog(workspace).verify().ok).toBe(true);
  workspace.close();
});
