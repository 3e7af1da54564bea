import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import type { Campaign } from '../../../../shared/domain/review/campaign.ts';
import type { PolicyLibrary } from '../../../../shared/domain/review/policy-library.ts';
import { badInput, type StatesideError } from '../../../../shared/domain/error.ts';
import { unusableBecause, type RosterKey } from '../../../../shared/domain/roster/keyring.ts';
import { DsseEnvelope } from '../../../../shared/domain/statements/dsse.ts';
import { parseStrictJson } from '../../../../shared/domain/statements/strict-json.ts';
import { decodeUtf8 } from '../../signoff/base64.ts';
import { sha256Hex } from '../../signoff/digest.ts';
import { readPayload, signerOf } from '../../signoff/envelope.ts';
import { BEGINNING, Header, Manifest, Piece, PIECES_PAYLOAD, Whole, WHOLE_PAYLOAD } from './format.ts';
import { linesOf } from './lines.ts';

/** A campaign's file whose every byte a US key of the roster signed. */
export interface SignedCampaign {
  readonly signer: RosterKey;
  readonly campaign: Campaign;
  readonly policies: PolicyLibrary;
  /** The line of the first piece, from 1; null where the file is one text. */
  readonly firstLine: number | null;
  /** How many pieces there are. */
  readonly length: number;
  /** Read from the file anew and held against the signed digests once more, because files change. */
  readonly pieces: Iterable<Piece>;
}

type Refuse = (what: string) => StatesideError;

/** Version 1 was one text, and had to fit into memory. */
const LARGEST_WHOLE_BYTES = 256 * 1024 * 1024;

/**
 * Opens the file of a campaign, of either version. Refuses one that is altered, cut short or put together anew, that no
 * US key of the roster signed, or that was signed when the key was not in force. `read` hears after each line.
 */
export function openCampaignFile(
  path: string,
  keys: readonly RosterKey[],
  read: () => void = () => {},
): SignedCampaign {
  const refuse: Refuse = (what) => badInput(`${basename(path)}: ${what}; export the campaign again`);
  return beginningOf(path, refuse) === BEGINNING
    ? openPieces(path, keys, refuse, read)
    : openWhole(path, keys, refuse);
}

function openPieces(
  path: string,
  keys: readonly RosterKey[],
  refuse: Refuse,
  read: () => void,
): SignedCampaign {
  const digests: string[] = [];
  let last: Buffer | null = null;
  for (const line of linesOf(path)) {
    if (last !== null) digests.push(sha256Hex(last));
    last = line;
    read();
  }
  const { value, signer } = signedValue(jsonOf(last), PIECES_PAYLOAD, keys, refuse);
  const manifest = Manifest.safeParse(value);
  if (!manifest.success) throw refuse('its last line does not name what lines it has');
  requireInForce(signer, manifest.data.exportedAt, refuse);
  const { lines } = manifest.data;
  const wrong = lines.findIndex((digest, at) => digests[at] !== digest);
  if (wrong !== -1) throw refuse(`line ${wrong + 1} is not what was signed`);
  if (digests.length !== lines.length) throw refuse(`line ${lines.length + 1} was not signed`);
  const [head] = linesOf(path);
  const header = Header.safeParse(jsonOf(signedLine(head, lines[0], 0, refuse)));
  if (!header.success) throw refuse('line 1 does not hold a campaign and its policies');
  const { campaign, policies } = header.data;
  const pieces = piecesOf(path, lines, refuse);
  return { signer, campaign, policies, firstLine: 2, length: lines.length - 1, pieces };
}

function* piecesOf(path: string, lines: readonly string[], refuse: Refuse): Generator<Piece> {
  let at = 0;
  for (const line of linesOf(path)) {
    if (at === lines.length) return;
    const signed = signedLine(line, lines[at], at, refuse);
    if (at > 0) {
      const piece = Piece.safeParse(jsonOf(signed));
      if (!piece.success) throw refuse(`line ${at + 1} does not hold what a campaign's rows hold`);
      yield piece.data;
    }
    at += 1;
  }
  if (at < lines.length) throw refuse(`it ended at line ${at} while it was read`);
}

function signedLine(
  line: Buffer | undefined,
  digest: string | undefined,
  at: number,
  refuse: Refuse,
): Buffer {
  if (line === undefined || sha256Hex(line) !== digest)
    throw refuse(`line ${at + 1} was changed while it was read`);
  return line;
}

function openWhole(path: string, keys: readonly RosterKey[], refuse: Refuse): SignedCampaign {
  if (statSync(path).size > LARGEST_WHOLE_BYTES)
    throw refuse(`is of version 1 or no campaign, and longer than ${LARGEST_WHOLE_BYTES} bytes`);
  const { value, signer } = signedValue(jsonOf(readFileSync(path)), WHOLE_PAYLOAD, keys, refuse);
  const whole = Whole.safeParse(value);
  if (!whole.success) throw refuse('does not hold what an exported campaign holds');
  const { campaign, policies, items, decisions, escalations, audits, exportedAt } = whole.data;
  requireInForce(signer, exportedAt, refuse);
  const pieces: Piece[] = [{ items }, { decisions }, { escalations }, { audits }];
  return { signer, campaign, policies, firstLine: null, length: pieces.length, pieces };
}

function signedValue(
  json: unknown,
  payloadType: string,
  keys: readonly RosterKey[],
  refuse: Refuse,
): { value: unknown; signer: RosterKey } {
  const envelope: z.ZodSafeParseResult<DsseEnvelope> = DsseEnvelope.safeParse(json);
  if (!envelope.success || envelope.data.payloadType !== payloadType)
    throw refuse(
      payloadType === PIECES_PAYLOAD
        ? 'its last line, the signature, is missing'
        : 'is not an exported review campaign',
    );
  const usable = keys.filter(({ person }) => person.organisation === 'us');
  const [signer] = envelope.data.signatures.flatMap(
    (signature) => signerOf(envelope.data, signature, usable) ?? [],
  );
  if (signer === undefined) throw refuse('is not signed by a US key of the roster');
  const payload = readPayload(envelope.data);
  if ('problem' in payload) throw refuse(payload.problem);
  return { value: payload.value, signer };
}

function requireInForce(signer: RosterKey, exportedAt: string, refuse: Refuse): void {
  const because = unusableBecause(signer, exportedAt);
  if (because !== null) throw refuse(`was signed by ${signer.person.name}, but ${because}`);
}

function beginningOf(path: string, refuse: Refuse): string {
  const bytes = Buffer.alloc(BEGINNING.length);
  try {
    const file = openSync(path, 'r');
    try {
      return bytes.toString('latin1', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw refuse(`cannot be read (${String(error.code)})`);
    throw error;
  }
}

/** The value of strict JSON in UTF-8; null when it is none. */
function jsonOf(bytes: Uint8Array | null): unknown {
  const text = bytes === null ? null : decodeUtf8(bytes);
  if (text === null) return null;
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
