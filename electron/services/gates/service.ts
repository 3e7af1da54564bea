import { readFile } from 'node:fs/promises';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { gatesFile } from '../../installed-files.ts';
import type { ServiceContext } from '../context.ts';
import { changeGates, gatesInForce } from './versions.ts';

export function gatesService(context: ServiceContext): ServiceApi<'gates'> {
  const { workspace, log, actor, now, changed } = context;
  return {
    inForce: async () => ({
      ...gatesInForce(workspace),
      shipped: await readFile(gatesFile, 'utf8'),
    }),
    async change(input) {
      const ref = changeGates(workspace, log, { ...input, actor, at: now() });
      changed('gates', 'signoff', 'workspace', 'audit');
      return ref;
    },
  };
}
