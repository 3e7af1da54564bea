import { createReadStream } from 'node:fs';
import { link, lstat, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { badInput, refused, type StatesideError } from '../../../shared/domain/error.ts';
import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import type { ReplayedRequest } from './compare.ts';

/**
 * Writes a replay report to a file: the canonical report with one more member, `outcomes`, an outcome a line.
 * Outcomes wait in a file of their own, so memory does not grow; the target appears whole or not at all.
 */
export class ReportFile {
  readonly #target: string;
  readonly #outcomes: FileHandle;
  readonly #overwrite: boolean;
  #written = 0;

  private constructor(target: string, outcomes: FileHandle, overwrite: boolean) {
    this.#target = target;
    this.#outcomes = outcomes;
    this.#overwrite = overwrite;
  }

  /** Refuses a target that exists, unless it is to be overwritten. */
  static async create(target: string, overwrite = false): Promise<ReportFile> {
    if (target === '' || (await isFolder(target)))
      throw badInput(`${JSON.stringify(target)} is no name of a file; name the file the report goes into.`);
    if (!overwrite && (await isThere(target))) throw taken(target);
    try {
      return new ReportFile(target, await open(outcomesOf(target), 'w'), overwrite);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      throw badInput(
        `${target} cannot be written (${code}); choose a folder that exists and that you may write to.`,
      );
    }
  }

  async take(block: readonly ReplayedRequest[]): Promise<void> {
    const lines = block.map(({ json }, at) => `${this.#written + at === 0 ? '' : ','}\n${json}`);
    this.#written += block.length;
    await this.#outcomes.write(lines.join(''));
  }

  /** Puts report and outcomes together under the target's name. */
  async finish(report: ReplayReport): Promise<void> {
    const partial = `${this.#target}.partial`;
    await this.#outcomes.close();
    const file = await open(partial, 'w');
    try {
      await file.write(`${canonicalJson(report).slice(0, -1)},"outcomes":[`);
      for await (const chunk of createReadStream(outcomesOf(this.#target))) await file.write(chunk);
      await file.write('\n]}\n');
      await file.sync();
    } finally {
      await file.close();
    }
    await this.#place(partial);
    await rm(outcomesOf(this.#target));
  }

  /** A report that another put there meanwhile is not overwritten either. */
  async #place(partial: string): Promise<void> {
    if (this.#overwrite) return rename(partial, this.#target);
    await link(partial, this.#target).catch((error: Error) => {
      throw 'code' in error && error.code === 'EEXIST' ? taken(this.#target) : error;
    });
    await rm(partial);
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#outcomes.close();
    await rm(outcomesOf(this.#target), { force: true });
    await rm(`${this.#target}.partial`, { force: true });
  }
}

const outcomesOf = (target: string): string => `${target}.outcomes.partial`;

const taken = (target: string): StatesideError =>
  refused(`${target} exists already and is not overwritten; name another file or give --overwrite`);

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
