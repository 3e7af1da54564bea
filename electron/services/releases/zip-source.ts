import { pipeline } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { badInput, notFound, refused, StatesideError } from '../../../shared/domain/error.ts';
import { escapeProblem, WEIGHTS_FOLDER } from '../../../shared/domain/release/files.ts';
import { unusablePath } from '../unusable-path.ts';
import { BUNDLE_LIMITS, refuseEntry, type BundleSource, type SourceEntry } from './source.ts';

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 0x2041; // traditional, strong, and masked headers
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const FOLDER = 0o040000;
const PLAIN_FILE = 0o100000;
const RATIO_COUNTS_FROM = 2 ** 20;

interface NamedEntry {
  readonly name: string;
  readonly entry: Entry;
}

/**
 * The files of a zip archive of a bundle, or of one folder that is the bundle. Nothing is unpacked yet. Refuses what
 * could unpack elsewhere, to something else than plain files, to other bytes than were reviewed, or without end.
 */
export async function openZip(path: string, bundle: string, limits = BUNDLE_LIMITS): Promise<BundleSource> {
  const zip = await readable(
    bundle,
    openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: false }),
  );
  try {
    if (zip.entryCount > limits.files) {
      throw refused(
        `${bundle} holds ${zip.entryCount} entries; a release has at most ${limits.files} files.`,
      );
    }
    const entries = await readable(bundle, listEntries(zip));
    for (const { name, entry } of entries) checkEntry(bundle, name, entry, limits.ratio);
    await readable(bundle, checkHeaders(bundle, zip, entries));
    return { entries: filesOf(bundle, zip, entries), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    entries.push({ name, entry });
  }
  return entries;
}

function checkEntry(bundle: string, name: string, entry: Entry, ratio: number): void {
  const escape = escapeProblem(name.replace(/\/$/, ''));
  if (escape !== null) throw refuseEntry(bundle, name, escape);
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) {
    throw refuseEntry(bundle, name, 'is encrypted; pack it without a password');
  }
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (type === SYMBOLIC_LINK)
    throw refuseEntry(bundle, name, 'is a symbolic link; put the file itself there');
  if (type !== 0 && type !== (name.endsWith('/') ? FOLDER : PLAIN_FILE)) {
    throw refuseEntry(bundle, name, 'is a device, pipe or socket; only plain files belong there');
  }
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw refuseEntry(
      bundle,
      name,
      `is packed by method ${entry.compressionMethod}; pack it stored or deflated`,
    );
  }
  if (entry.uncompressedSize > RATIO_COUNTS_FROM && entry.uncompressedSize > ratio * entry.compressedSize) {
    throw refuseEntry(
      bundle,
      name,
      `would unpack from ${entry.compressedSize} to ${entry.uncompressedSize} bytes as a zip bomb does; pack it stored`,
    );
  }
}

/** Each entry's own header must tell the same as the directory, and no two entries may share bytes. */
async function checkHeaders(bundle: string, zip: ZipFile, entries: readonly NamedEntry[]): Promise<void> {
  let end = 0;
  for (const { name, entry } of entries.toSorted((a, b) => startOf(a) - startOf(b))) {
    const header = await zip.readLocalFileHeaderPromise(entry);
    const same =
      header.fileName.equals(entry.fileNameRaw) &&
      header.compressionMethod === entry.compressionMethod &&
      (header.generalPurposeBitFlag & ENCRYPTED) === 0;
    if (!same) throw refuseEntry(bundle, name, "differs from the archive's directory; pack it again");
    if (startOf({ entry }) < end)
      throw refuseEntry(bundle, name, 'overlaps another entry as in a zip bomb; pack it again');
    end = header.fileDataStart + entry.compressedSize;
  }
}

const startOf = ({ entry }: { entry: Entry }): number => entry.relativeOffsetOfLocalHeader;

function filesOf(bundle: string, zip: ZipFile, entries: readonly NamedEntry[]): SourceEntry[] {
  const prefix = commonFolder(entries.map(({ name }) => name));
  const files: SourceEntry[] = [];
  for (const { name, entry } of entries) {
    const path = name.slice(prefix.length);
    if (path === '' || path === `${WEIGHTS_FOLDER}/`) continue;
    if (path.endsWith('/')) throw refuseEntry(bundle, name, 'is not a folder of a release; take it out');
    files.push({ path, bytes: entry.uncompressedSize, read: () => unpack(bundle, zip, { name, entry }) });
  }
  return files;
}

/** `folder/` when everything lies in one folder, as in a zip made of the bundle's folder; else nothing. */
function commonFolder(names: readonly string[]): string {
  const folder = /^[^/]+\//.exec(names[0] ?? '')?.[0] ?? '';
  return names.every((name) => name.startsWith(folder)) ? folder : '';
}

/** An entry's bytes, held to the length and checksum the archive states. */
async function* unpack(bundle: string, zip: ZipFile, { name, entry }: NamedEntry): AsyncIterable<Uint8Array> {
  const damaged = () => refuseEntry(bundle, name, 'is damaged or states a wrong size; pack it again');
  const packed = await readable(bundle, zip.openReadStreamPromise(entry, { decodeFileData: false }));
  const stream =
    entry.compressionMethod === DEFLATED ? pipeline(packed, createInflateRaw(), () => {}) : packed;
  let length = 0;
  let checksum = 0;
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw damaged();
      length += chunk.length;
      if (length > entry.uncompressedSize) throw damaged();
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof StatesideError ? error : damaged();
  }
  if (length !== entry.uncompressedSize || checksum !== entry.crc32) throw damaged();
}

async function readable<Value>(bundle: string, reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StatesideError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw notFound(`${bundle} does not exist; check the path.`);
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    throw (
      unusablePath(error, bundle) ??
      badInput(`${bundle} is not a zip archive that can be read (${reason}); pack it again.`)
    );
  }
}
