import type { ServiceApi } from '../../../shared/contract/index.ts';
import { parseProof } from '../../../shared/domain/log/proof-file.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { ServiceContext } from '../context.ts';
import { readText } from '../signoff/text-file.ts';
import { AuditLog } from './audit-log.ts';
import { openCheckpointSigner } from './checkpoint-key.ts';
import { exportPeriod } from './export-period.ts';
import { proveEntry, readProvenEntry } from './prove.ts';
import { redactText } from './redact.ts';
import { textsBeside } from './texts.ts';
import { verifyAside } from './verify-aside.ts';
import { requireNoneWithheld, type Withholds } from './withheld.ts';
import { importWitness, witnessedHeads } from './witness.ts';

/** The workspace's log, with the key that signs its heads. */
export const openAuditLog = (workspace: Workspace): AuditLog =>
  new AuditLog(workspace.db, openCheckpointSigner(workspacePaths(workspace.folder).logKey));

/** The log of a workspace; `withholds` says which texts are kept from who reads here. */
export function auditService(context: ServiceContext, withholds: Withholds): ServiceApi<'audit'> {
  const { log, actor, now, changed } = context;
  return {
    entries: async (query) => log.entries(query, withholds),
    facets: async () => log.facets(),
    checkpoint: async () => log.checkpoint(),
    verify: () => verifyAside(context),
    prove: async ({ seq }) => {
      const text = proveEntry(log, seq);
      return {
        fileName: `entry-${seq}.tlog-proof`,
        text,
        size: readProvenEntry(text, log.key)?.size ?? 0,
        hashes: [...(parseProof(text)?.hashes ?? [])],
        key: log.key,
      };
    },
    texts: async ({ seq }) => textsBeside(log.db, seq),
    redact: async ({ seq, name, because }) => {
      redactText(log, { seq, name, because, actor, at: now() });
      changed('audit', 'workspace');
    },
    witnesses: async () => witnessedHeads(log.db),
    witness: async ({ path, keptBy }) => {
      const note = await readText(path);
      try {
        const { size } = importWitness(log, { note, keptBy, actor, at: now() });
        return { size };
      } finally {
        // an alarm is kept too, and has to be seen
        changed('audit', 'workspace');
      }
    },
    exportPeriod: async (period) => {
      requireNoneWithheld(log.db, period, withholds);
      const day = (at: string | undefined) => at?.slice(0, 10);
      const dates = [day(period.from), day(period.until)].filter((date) => date !== undefined);
      const name = ['log', ...(dates.length === 0 ? ['all'] : dates)].join('-');
      return { fileName: `${name}.json`, ...exportPeriod(log, period) };
    },
  };
}
