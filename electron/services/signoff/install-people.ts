import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { keyPath } from './held-keys.ts';
import { importRoster } from './import-roster.ts';
import { writeNewFile } from './new-file.ts';

/**
 * Brings people into a workspace from a folder such as `resources/sample/people`: its `roster.json`, and of
 * `keys/<person id>.pem` those that belong to a person of the roster with a single key.
 */
export async function installPeople(
  workspace: Workspace,
  log: AuditLog,
  people: string,
  at: string,
): Promise<void> {
  const text = await readFile(join(people, 'roster.json'), 'utf8');
  const { roster, keys } = importRoster(workspace.db, log, text, userInfo().username, at);
  const single = keys.filter(
    ({ person }) => roster.people.find(({ id }) => id === person.id)?.keys.length === 1,
  );
  for (const key of single) {
    const source = join(people, 'keys', `${key.person.id}.pem`);
    if (existsSync(source))
      await writeNewFile(keyPath(workspace.folder, key), await readFile(source, 'utf8'));
  }
}
