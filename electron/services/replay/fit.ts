import { badInput } from '../../../shared/domain/error.ts';
import type { Feature } from '../../../shared/domain/snapshot/meta.ts';
import type { Bundle } from '../releases/bundle.ts';

/** Refuses a release whose features are not the snapshot's, order included. */
export function requireFit(
  { path, features }: { readonly path: string; readonly features: readonly Feature[] },
  { manifest: { name, version }, features: wanted }: Bundle,
): void {
  const at = wanted.findIndex((feature, place) => feature !== features[place]?.name);
  if (at === -1 && wanted.length === features.length) return;
  const place = at === -1 ? wanted.length : at;
  throw badInput(
    `${name} ${version} does not fit ${path}: its feature ${place + 1} is ${wanted[place] ?? 'missing'}, ` +
      `the snapshot's is ${features[place]?.name ?? 'missing'}; choose a snapshot with the release's features in its order.`,
  );
}
