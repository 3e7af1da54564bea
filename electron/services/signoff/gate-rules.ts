import { readFileSync } from 'node:fs';
import { parseGateRules, type GateRules } from '../../../shared/domain/gates/rules.ts';
import type { GatesRef } from '../../../shared/domain/statements/release-statement.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { canonicalDigest } from './digest.ts';

/** By what a statement names the gates that judged: comments and spelling do not count, every rule does. */
export const gatesRef = (rules: GateRules): GatesRef => ({
  revision: rules.revision,
  digest: canonicalDigest(rules),
});

/** The gates in force in a workspace. */
export function workspaceGates(folder: string): GatesRef {
  const { gates } = workspacePaths(folder);
  return gatesRef(parseGateRules(readFileSync(gates, 'utf8'), gates));
}
