/** A C2SP tlog-proof: that an entry stands at `index` in the log whose `checkpoint` (a signed note) is given. */
export interface TlogProof {
  readonly index: number;
  /** Base64 SHA-256 hashes, lowest sibling first. */
  readonly hashes: readonly string[];
  readonly checkpoint: string;
  /** Base64 of what the application adds, here the entry itself; it proves nothing until it is hashed. */
  readonly extra: string | null;
}

/** That the log of `oldSize` entries is a beginning of the one whose `checkpoint` is given. */
export interface ConsistencyProof {
  readonly oldSize: number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const HASH = '[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=';
const NUMBER = '0|[1-9]\\d{0,14}';
const PROOF = new RegExp(
  `^${HEADER.replaceAll('.', '\\.')}\n(?:extra ([A-Za-z0-9+/]*={0,2})\n)?index (${NUMBER})\n((?:${HASH}\n)*)\n([^]+)$`,
);
const CONSISTENCY = new RegExp(`^old (${NUMBER})\n((?:${HASH}\n)*)\n([^]+)$`);

export function formatProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [HEADER, ...(extra === null ? [] : [`extra ${extra}`]), `index ${index}`, ...hashes, ''];
  return `${lines.join('\n')}\n${checkpoint}`;
}

/** Null when the text is no tlog-proof. */
export function parseProof(text: string): TlogProof | null {
  const [, extra, index, hashes, checkpoint] = PROOF.exec(text) ?? [];
  return index === undefined || hashes === undefined || checkpoint === undefined
    ? null
    : { index: Number(index), hashes: lines(hashes), checkpoint, extra: extra ?? null };
}

/** In the form in which a log asks a C2SP witness for its signature: `old <size>`, hashes, empty line, checkpoint. */
export const formatConsistency = ({ oldSize, hashes, checkpoint }: ConsistencyProof): string =>
  `${[`old ${oldSize}`, ...hashes, ''].join('\n')}\n${checkpoint}`;

/** Null when the text is no consistency proof. */
export function parseConsistency(text: string): ConsistencyProof | null {
  const [, oldSize, hashes, checkpoint] = CONSISTENCY.exec(text) ?? [];
  return oldSize === undefined || hashes === undefined || checkpoint === undefined
    ? null
    : { oldSize: Number(oldSize), hashes: lines(hashes), checkpoint };
}

const lines = (text: string): string[] => text.split('\n').slice(0, -1);
