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

/** A policy library that ships with this version of Stateside. */
export const ShippedLibrary = LibraryRow.omit({ importedAt: true });
export type ShippedLibrary = z.infer<typeof ShippedLibrary>;

export const policyChannels = {
  /** Libraries that ship with this version and that the workspace lacks. */
  shippedLibraries: channel(Nothing, z.array(ShippedLibrary)),
  /** Adds one of them; campaigns keep the version they were drawn with. */
  importShipped: channel(z.object({ digest: z.string() }), LibraryRow),
  libraries: channel(Nothing, z.array(LibraryRow)),
  library: channel(z.object({ digest: z.string() }), PolicyLibrary),
  /** A version of the policy library as YAML; importing it gives the same digest. */
  exportLibrary: channel(z.object({ digest: z.string() }), File),
  /** Adds a version of the policy library; the same bytes twice are one version. */
  importLibrary: channel(z.object({ fileName: z.string(), text: z.string() }), LibraryRow),
};
