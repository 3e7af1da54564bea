import { refused } from '../../../shared/domain/error.ts';
import { fileProblem, findTwins, isTensorFile, missingFiles } from '../../../shared/domain/release/files.ts';

/** A bundle as it was handed in: files that can be read, in a folder or in a zip archive. */
export interface BundleSource {
  readonly entries: readonly SourceEntry[];
  close(): void;
}

export interface SourceEntry {
  /** Relative to the bundle, with `/` between folders. */
  readonly path: string;
  readonly bytes: number;
  /** The file's bytes, exactly `bytes` of them; throws when there are more or fewer. */
  read(): AsyncIterable<Uint8Array>;
}

export interface BundleLimits {
  readonly files: number;
  /** Of each file that is not a model or weights. */
  readonly paperBytes: number;
  readonly totalBytes: number;
  /** How many times its packed size a zip entry over 1 MiB may unpack to. */
  readonly ratio: number;
}

/** Far above what a release holds, far below what fills a disk. */
export const BUNDLE_LIMITS: BundleLimits = {
  files: 256,
  paperBytes: 4 * 2 ** 20,
  totalBytes: 16 * 2 ** 30,
  ratio: 200,
};

/** A refusal of one file of a bundle. `problem` says what is wrong and what to do, in words that follow the path. */
export const refuseEntry = (bundle: string, path: string, problem: string) =>
  refused(`${bundle} holds ${JSON.stringify(path)}, which ${problem}.`);

/** Refuses two names for one file, files that do not belong, files that are missing, and more bytes than a release has. */
export function checkListing(
  bundle: string,
  entries: readonly { path: string; bytes: number }[],
  limits = BUNDLE_LIMITS,
): void {
  const paths = entries.map((entry) => entry.path);
  checkTwins(bundle, paths);
  for (const path of paths) {
    const problem = fileProblem(path);
    if (problem !== null) throw refuseEntry(bundle, path, problem);
  }
  const missing = missingFiles(paths);
  if (missing.length > 0)
    throw refused(`${bundle} lacks ${missing.join(', ')}; every release holds its papers.`);
  checkSizes(bundle, entries, limits);
}

function checkTwins(bundle: string, paths: readonly string[]): void {
  const twins = findTwins(paths);
  if (twins === null) return;
  const [first, second] = twins.map((path) => JSON.stringify(path));
  if (first === second) throw refused(`${bundle} holds ${first} twice; pack each file once.`);
  throw refused(
    `${bundle} holds both ${first} and ${second}, which is one name on some systems; rename one.`,
  );
}

function checkSizes(
  bundle: string,
  entries: readonly { path: string; bytes: number }[],
  limits: BundleLimits,
): void {
  if (entries.length > limits.files) {
    throw refused(`${bundle} holds ${entries.length} files; a release has at most ${limits.files}.`);
  }
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > limits.totalBytes) {
    throw refused(`${bundle} unpacks to ${total} bytes; a release has at most ${limits.totalBytes}.`);
  }
  for (const { path, bytes } of entries) {
    if (isTensorFile(path) || bytes <= limits.paperBytes) continue;
    throw refuseEntry(bundle, path, `has ${bytes} bytes; a paper has at most ${limits.paperBytes}`);
  }
}
