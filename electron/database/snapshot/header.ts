import { closeSync, existsSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { badInput, notFound, StatesideError } from '../../../shared/domain/error.ts';
import { SNAPSHOT_APPLICATION_ID, SNAPSHOT_VERSION } from '../../../shared/domain/snapshot/meta.ts';

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
const WAL = 2;

/**
 * Reads the 100 bytes of a database's header (https://www.sqlite.org/fileformat2.html, 1.3) without SQLite, and
 * refuses what is not a snapshot this version can read, or what SQLite would write beside when it opens it.
 * Answers the file's size.
 */
export function checkSnapshotHeader(path: string): { bytes: number } {
  const bytes = fileSize(path);
  const header = readHeader(path);
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw badInput(
      `${path} is not a snapshot, because it is not an SQLite database; choose a .snapshot.sqlite file.`,
    );
  }
  if (header.readUInt32BE(68) !== SNAPSHOT_APPLICATION_ID) {
    throw badInput(
      `${path} is an SQLite database but not a Stateside snapshot: its application_id is ${hex(header.readUInt32BE(68))}, not ${hex(SNAPSHOT_APPLICATION_ID)}.`,
    );
  }
  const version = header.readInt32BE(60);
  if (version > SNAPSHOT_VERSION) {
    throw new StatesideError(
      'newer_file',
      `${path} was made by a newer Stateside (snapshot version ${version}, this one reads ${SNAPSHOT_VERSION}); update Stateside to open it.`,
    );
  }
  if (version !== SNAPSHOT_VERSION) {
    throw badInput(`${path} has snapshot version ${version}, which never was; build the snapshot again.`);
  }
  if (header[18] === WAL || header[19] === WAL) {
    throw badInput(
      `${path} is in write-ahead-log mode, so opening it would write beside it; run "PRAGMA journal_mode=DELETE" on it first.`,
    );
  }
  // The header's page count is valid only where the change counter agrees with "version-valid-for".
  if (header.readUInt32BE(24) === header.readUInt32BE(92)) {
    const expected = header.readUInt32BE(28) * pageSize(header);
    if (bytes < expected) {
      throw badInput(
        `${path} is truncated: it has ${bytes} of ${expected} bytes; copy it again from its source.`,
      );
    }
  }
  for (const suffix of ['-wal', '-journal']) {
    if (existsSync(path + suffix) && statSync(path + suffix).size > 0) {
      throw badInput(
        `${path} has an unfinished write beside it (${path}${suffix}); let the program that writes it finish, or build the snapshot again.`,
      );
    }
  }
  return { bytes };
}

function fileSize(path: string): number {
  if (path === '') throw badInput('The path of the snapshot is empty; name a .snapshot.sqlite file.');
  const found = statOf(path);
  if (found === undefined) throw notFound(`${path} does not exist; check the path of the snapshot.`);
  if (found.isDirectory())
    throw badInput(`${path} is a folder, not a snapshot; choose a .snapshot.sqlite file.`);
  if (!found.isFile()) throw badInput(`${path} is not a regular file; choose a .snapshot.sqlite file.`);
  return found.size;
}

/** Undefined where there is nothing, or can be nothing, for example because the name is too long. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readHeader(path: string): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw badInput(`${path} cannot be opened for reading (${code}); check its permissions.`);
  }
  try {
    return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/** A stored 1 stands for 65536. */
function pageSize(header: Buffer): number {
  const size = header.readUInt16BE(16);
  return size === 1 ? 65536 : size;
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
