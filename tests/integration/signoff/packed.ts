import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksums } from '../../../electron/services/signoff/package/checksums.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import type { PackageFiles } from '../../../electron/services/signoff/package/package-zip.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

export const ROSTER = join(PEOPLE, 'roster.json');
export const trust = { rosters: [{ name: 'roster.json', text: readFileSync(ROSTER, 'utf8') }] };

export interface Packed {
  readonly world: World;
  /** The record as JSON. */
  readonly json: string;
  readonly files: PackageFiles;
}

/** A release that two people approved, with its record and the package of it. */
export async function openPacked(): Promise<Packed> {
  const world = await openWorld();
  const releaseDigest = world.release;
  const { statement } = await world.signoff.freeze({ releaseDigest, replayId: world.replay([gate('pass')]) });
  for (const person of ['dana.whitfield', 'joel.abernathy']) {
    await world.signoff.sign({
      releaseDigest,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf(person),
      passphrase: PASSPHRASE,
      decision: 'approve',
      reason: 'I looked, “closely”.',
      conditions: '',
    });
  }
  const { json } = await world.signoff.record({ releaseDigest });
  return { world, json, files: collectPackage(world.workspace, world.log, json, NOW) };
}

/** The package with a file changed and the list of checksums made to fit, as a forger would. */
export function forge(files: PackageFiles, path: string, change: (text: string) => string): PackageFiles {
  const changed = new Map(files).set(path, change(files.get(path) ?? ''));
  return changed.set('SHA256SUMS', checksums(changed));
}

/** The package without some of its files, the list of checksums made to fit. */
export function leaveOut(files: PackageFiles, paths: readonly string[]): PackageFiles {
  const left = new Map([...files].filter(([path]) => !paths.includes(path)));
  return left.set('SHA256SUMS', checksums(left));
}

/** The path of the packed replay report. */
export const reportPath = (files: PackageFiles): string =>
  [...files].find(
    ([path, text]) => path.startsWith('evidence/') && text.includes('stateside-replay-report'),
  )?.[0] ?? '';
