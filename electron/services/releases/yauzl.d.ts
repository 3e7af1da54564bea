/** The part of yauzl 3 that Stateside uses; the package carries no types. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  interface Options {
    autoClose?: boolean;
    decodeStrings?: boolean;
    validateEntrySizes?: boolean;
  }

  export interface Entry {
    versionMadeBy: number;
    generalPurposeBitFlag: number;
    /** 0 stored, 8 deflated. */
    compressionMethod: number;
    crc32: number;
    compressedSize: number;
    uncompressedSize: number;
    fileNameRaw: Buffer;
    extraFields: { id: number; data: Buffer }[];
    externalFileAttributes: number;
    relativeOffsetOfLocalHeader: number;
  }

  export interface LocalFileHeader {
    fileDataStart: number;
    generalPurposeBitFlag: number;
    compressionMethod: number;
    fileName: Buffer;
  }

  export class ZipFile {
    readonly entryCount: number;
    eachEntry(): AsyncIterableIterator<Entry>;
    readLocalFileHeaderPromise(entry: Entry): Promise<LocalFileHeader>;
    openReadStreamPromise(entry: Entry, options: { decodeFileData: boolean }): Promise<Readable>;
    close(): void;
  }

  export function openPromise(path: string, options: Options): Promise<ZipFile>;
  export function getFileNameLowLevel(
    generalPurposeBitFlag: number,
    fileNameBuffer: Buffer,
    extraFields: { id: number; data: Buffer }[],
    strictFileNames: boolean,
  ): string;
}
