import { readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { parseGateRules, type GateRules } from '../../../shared/domain/gates/rules.ts';
import type { GatesRef } from '../../../shared/domain/statements/release-statement.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { canonicalDigest, sha256Hex } from './digest.ts';

/** By what a statement names the gates that judged: comments and spelling do not count, every rule does. */
export const gatesRef = (rules: GateRules): GatesRef => ({
  revision: rules.revision,
  digest: canonicalDigest(rules),
});

/** The gates in force in a workspace. */
export const workspaceGates = (folder: string): GatesRef => gatesRef(workspaceRules(folder));

/** Keeps the gates in force beside the evidence they judged; called when that is frozen, in its transaction. */
export function keepGates(db: Database, folder: string): void {
  const text = canonicalJson(workspaceRules(folder));
  db.prepare('INSERT INTO gate_rules (digest, rules) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING').run(
    sha256Hex(text),
    text,
  );
}

/** What a file of gates said last, for it is asked for far more often than it changes. */
const lastRead = new Map<string, { readonly text: string; readonly rules: GateRules }>();

export function workspaceRules(folder: string): GateRules {
  const { gates } = workspacePaths(folder);
  const text = readFileSync(gates, 'utf8');
  const last = lastRead.get(gates);
  if (last?.text === text) return last.rules;
  const rules = parseGateRules(text, gates);
  lastRead.set(gates, { text, rules });
  return rules;
}
