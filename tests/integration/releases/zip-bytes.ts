import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { emptyFolder, type BundleFiles } from './sample-bundle.ts';

/** One entry of an archive, with every lie an attacker could tell about it. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** Unix mode, type bits included. */
  readonly mode?: number;
  readonly statedSize?: number;
  readonly statedChecksum?: number;
  readonly nameInHeader?: string;
  /** Shares the header and data of an earlier entry instead of bringing its own. */
  readonly sharesWith?: number;
}

const UTF8_NAMES = 0x800;

/** A zip archive after PKWARE's APPNOTE, written by hand because no library writes a malicious one. */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(entry.data) : Buffer.from(entry.data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? UTF8_NAMES, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.statedChecksum ?? crc32(entry.data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.statedSize ?? entry.data.length, 18);
    const offset = entry.sharesWith === undefined ? at : (offsets[entry.sharesWith] ?? 0);
    offsets.push(offset);
    directory.push(directoryHeader(entry, common, offset), Buffer.from(entry.name));
    if (entry.sharesWith !== undefined) continue;
    const name = Buffer.from(entry.nameInHeader ?? entry.name);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common]);
    local.writeUInt16LE(name.length, 26);
    parts.push(local, name, packed);
    at += local.length + name.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, ...directory, endOfDirectory(entries.length, size, at)]);
}

function directoryHeader(entry: ZipEntry, common: Buffer, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.write('PK\u0001\u0002', 0, 'latin1');
  header.writeUInt16LE(0x031e, 4); // made on Unix
  common.copy(header, 6);
  header.writeUInt16LE(Buffer.byteLength(entry.name), 28);
  header.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

export const zipEntries = (files: BundleFiles): ZipEntry[] =>
  Object.entries(files).map(([name, data]) => ({ name, data: Buffer.from(data) }));

/** Writes an archive to a file `candidate.zip`, which is gone after the test. */
export function zipFile(entries: readonly ZipEntry[]): string {
  const path = join(emptyFolder(), 'candidate.zip');
  writeFileSync(path, zipBytes(entries));
  return path;
}
