/** One signature line of a note: the key's name, and base64 of its 4-byte key id followed by the signature. */
interface NoteSignature {
  readonly name: string;
  readonly signature: string;
}

/** A C2SP signed note: text ending in a line feed, an empty line, and one signature line per key. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Narrower than C2SP asks, which forbids those below U+0020 only. */
const CONTROL = /\p{Cc}/u;
const LINE = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(({ name, signature }) => `\u2014 ${name} ${signature}\n`).join('')}`;
}

/** Null when the text is no signed note. */
export function parseNote(note: string): SignedNote | null {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n') || CONTROL.test(note.replaceAll('\n', ''))) return null;
  const lines = note.slice(split + 2, -1).split('\n');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name, signature] = LINE.exec(line) ?? [];
    if (name === undefined || signature === undefined) return null;
    signatures.push({ name, signature });
  }
  return { text: note.slice(0, split + 1), signatures };
}
