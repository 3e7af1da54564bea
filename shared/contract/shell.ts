import { z } from 'zod';
import { LogPeriod } from './audit.ts';
import { channel, Nothing } from './channel.ts';
import { ReasonsExport } from './reasons.ts';
import { TensorExport } from './tensors.ts';

/** What a person is asked to choose; several rosters or signature files at once, of everything else one. */
export const FileKind = z.enum(['record', 'roster', 'signatures', 'checkpoint', 'key', 'campaign']);
export type FileKind = z.infer<typeof FileKind>;

/** What a person is asked to choose a folder for. */
export const FolderKind = z.enum(['workspace', 'new workspace', 'backup', 'repository']);
export type FolderKind = z.infer<typeof FolderKind>;

/** What is being done with a workspace before it answers. */
export const Opening = z.object({
  /** In words, as “Making every decision findable”. */
  what: z.string(),
  done: z.number(),
  /** null where nobody knows how much there is to do. */
  total: z.number().nullable(),
});
export type Opening = z.infer<typeof Opening>;

/** What only the desktop shell can do; answered by the main process itself. */
export const shell = {
  about: channel(
    Nothing,
    z.object({
      version: z.string(),
      electron: z.string(),
      platform: z.string(),
      /** Null, or why this runtime is for trying out only. */
      runtimeNotice: z.string().nullable(),
      /** Whether the sample workspace is only being made; until then other calls wait. */
      founding: z.boolean(),
      /** What an opening that takes long is doing; null where none is, or none tells. */
      opening: Opening.nullable(),
    }),
  ),
  /** Opens the system's dialog; null when the person cancelled. */
  chooseBundle: channel(Nothing, z.string().nullable()),
  chooseSnapshot: channel(Nothing, z.string().nullable()),
  /** Paths of chosen files; none when the person cancelled. */
  chooseFiles: channel(z.object({ what: FileKind }), z.array(z.string())),
  /** A folder; for `workspace` one that holds a workspace, for the others a new or an existing one. Null when cancelled. */
  chooseFolder: channel(z.object({ what: FolderKind }), z.string().nullable()),
  /** Where a file is to be written; null when the person cancelled. */
  chooseTarget: channel(z.object({ what: FileKind, suggestedName: z.string() }), z.string().nullable()),
  /** Opens another workspace in this window, in the place of the one that is open; the window loads again. */
  openWorkspace: channel(z.object({ folder: z.string() }), Nothing),
  /** The text of a chosen file; null when the person cancelled. */
  chooseText: channel(
    z.object({ what: FileKind }),
    z.object({ path: z.string(), text: z.string() }).nullable(),
  ),
  /** Asks where to, writes the file whole or not at all; null when the person cancelled. */
  saveText: channel(
    z.object({ suggestedName: z.string(), text: z.string() }),
    z.object({ path: z.string() }).nullable(),
  ),
  saveZip: channel(
    z.object({ suggestedName: z.string(), zip: z.instanceof(Uint8Array) }),
    z.object({ path: z.string() }).nullable(),
  ),
  /** Writes a slice of a release's tensor, piece by piece, however large it is. */
  saveTensor: channel(
    TensorExport.extend({ suggestedName: z.string() }),
    z.object({ path: z.string(), bytes: z.int() }).nullable(),
  ),
  /** Asks where to and writes the statements of reasons of a period there, however many; null when the person cancelled the dialog. */
  saveReasons: channel(
    ReasonsExport.extend({ suggestedName: z.string() }),
    z.object({ path: z.string(), statements: z.int(), withheld: z.int() }).nullable(),
  ),
  /** Asks where to and writes a period of the log there, however long; null when the person cancelled the dialog. */
  saveLog: channel(
    LogPeriod.extend({ suggestedName: z.string() }),
    z.object({ path: z.string(), entries: z.int() }).nullable(),
  ),
  /** Prints the given route of the window to a PDF file, light and without the frame. */
  savePdf: channel(
    z.object({ suggestedName: z.string(), route: z.string() }),
    z.object({ path: z.string() }).nullable(),
  ),
  /** Prints the given route of the window as PDF, light and without the frame. */
  printPdf: channel(z.object({ route: z.string() }), z.object({ pdf: z.instanceof(Uint8Array) })),
  /** What the window shows in a rectangle of it, in CSS pixels, as PNG; the window only ever sees itself. */
  capture: channel(
    z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
    z.object({ png: z.instanceof(Uint8Array) }),
  ),
  savePng: channel(
    z.object({ suggestedName: z.string(), png: z.instanceof(Uint8Array) }),
    z.object({ path: z.string() }).nullable(),
  ),
  copyText: channel(z.object({ text: z.string() }), Nothing),
};
