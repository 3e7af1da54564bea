import { isNode, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { StatesideError } from '../error.ts';
import { parseGateRules, type GateRules } from './rules.ts';

/** Shipped gates that a team may take over: what they are called, and its own text with them. */
export interface OfferedGates {
  readonly names: readonly string[];
  readonly titles: readonly string[];
  readonly text: string;
}

/**
 * The shipped gates that neither the gates in force nor those before ever had; null where there are none, or where
 * those in force are out of order. All are texts of `gates.yaml`.
 */
export function offeredGates(
  inForce: string,
  before: readonly string[],
  shipped: string,
): OfferedGates | null {
  const now = read(inForce);
  const ships = read(shipped);
  if (now === null || ships === null) return null;
  const had = [now, ...before.map(read).filter((rules) => rules !== null)];
  const names = neverHad(ships, had);
  if (names.length === 0) return null;
  const titles = ships.gates.filter(({ name }) => names.includes(name)).map(({ title }) => title);
  return { names, titles, text: withGates(inForce, shipped, names) };
}

function read(text: string): GateRules | null {
  try {
    return parseGateRules(text, 'gates.yaml');
  } catch (error) {
    if (error instanceof StatesideError) return null;
    throw error;
  }
}

/** Names of shipped gates that none of a team's sets of gates ever had; those it changed or took out are not among them. */
export function neverHad(shipped: GateRules, had: readonly GateRules[]): string[] {
  const known = new Set(had.flatMap(({ gates }) => gates.map(({ name }) => name)));
  return shipped.gates.map(({ name }) => name).filter((name) => !known.has(name));
}

/**
 * The text of `gates.yaml` with gates of another such text behind its own, in their own spelling, and nothing else
 * changed. Both texts are in order.
 */
export function withGates(text: string, from: string, names: readonly string[]): string {
  const own = gatesOf(text);
  const other = gatesOf(from);
  const taken = pieces(from, other).filter((_, at) => names.includes(nameAt(other, at)));
  const end = own.range?.[1] ?? text.length;
  if (own.flow === true) {
    const flow = taken.map((piece) => JSON.stringify(parseDocument(piece).toJS()[0])).join(', ');
    return `${text.slice(0, end - 1).trimEnd()}, ${flow}]${text.slice(end)}`;
  }
  const [first] = pieces(text, own);
  const indent = /^ */.exec(first ?? '')?.[0] ?? '';
  const added = taken.map((piece) => reindented(piece, indent)).join('\n');
  const before = text.slice(0, end).trimEnd();
  return `${before}\n\n${added}${text.slice(end).replace(/^\n*(?=.)/s, '\n')}`;
}

function gatesOf(text: string): YAMLSeq {
  const gates: unknown = parseDocument(text).get('gates', true);
  if (!isSeq(gates)) throw new TypeError('gates.yaml without a list of gates');
  return gates;
}

const nameAt = (gates: YAMLSeq, at: number): string => String(gates.getIn([at, 'name']));

/** The lines of each gate of a block list, its dash included, the last one's with a line feed at the end. */
function pieces(text: string, gates: YAMLSeq): string[] {
  const starts = gates.items.map((item) => {
    const from = (isNode(item) ? item.range?.[0] : undefined) ?? 0;
    return text.lastIndexOf('\n', from - 1) + 1;
  });
  const end = gates.range?.[1] ?? text.length;
  return starts.map((from, at) => `${text.slice(from, starts[at + 1] ?? end).trimEnd()}\n`);
}

function reindented(piece: string, indent: string): string {
  const own = /^ */.exec(piece)?.[0].length ?? 0;
  return piece.replaceAll(new RegExp(`^ {${own}}`, 'gm'), indent);
}
