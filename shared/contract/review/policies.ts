import { z } from 'zod';
import { PolicyLibrary } from '../../domain/review/policy-library.ts';
import { channel, Nothing } from '../channel.ts';

export const LibraryRow = z.object({
  digest: z.string(),
  version: z.string(),
  title: z.string(),
  importedAt: z.string(),
});
export type LibraryRow = z.infer<typeof LibraryRow>;

const File = z.object({ fileName: z.string(), text: z.string() });

export const policyChannels = {
  libraries: channel(Nothing, z.array(LibraryRow)),
  library: channel(z.object({ digest: z.string() }), PolicyLibrary),
  /** A version of the policy library as YAML; importing it gives the same digest. */
  exportLibrary: channel(z.object({ digest: z.string() }), File),
  /** Adds a version of the policy library; the same bytes twice are one version. */
  importLibrary: channel(z.object({ fileName: z.string(), text: z.string() }), LibraryRow),
};
