/** The revision's own line; text within gates is indented, so nothing else begins so. */
const LINE = /^(revision:[ \t]*)\d+/m;
const VERSION = /^version:.*$/m;

/** The text of `gates.yaml` with another revision and nothing else changed, comments and spelling included. */
export function withRevision(text: string, revision: number): string {
  if (LINE.test(text)) return text.replace(LINE, `$1${revision}`);
  return text.replace(VERSION, (line) => `${line}\nrevision: ${revision}`);
}
