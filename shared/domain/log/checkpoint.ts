/** The head of a log as C2SP tlog-checkpoint says it: origin, number of leaves, base64 of the Merkle root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** The text of the signed note. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root}\n`;

/** Null when the text is no checkpoint of a tree of SHA-256; extension lines are not taken. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const match = /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)\n$/.exec(text);
  const [, origin, size, root] = match ?? [];
  return origin === undefined || size === undefined || root === undefined
    ? null
    : { origin, size: Number(size), root };
}
