/** A parsed expression: a word, or a list of them. */
type Expression = string | readonly Expression[];

const TYPES: Readonly<Record<string, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const SIMD = 0xfd;
const BLOCK_WITHOUT_RESULT = 0x40;
const END = 0x0b;

/** Instructions without immediates, by their opcodes: https://webassembly.github.io/spec/core/binary/instructions.html */
const PLAIN: Readonly<Record<string, number>> = {
  'i32.eqz': 0x45,
  'i32.lt_u': 0x49,
  'f64.eq': 0x61,
  'f64.lt': 0x63,
  'f64.ge': 0x66,
  'i32.ne': 0x47,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.and': 0x71,
  'i32.shl': 0x74,
  'i32.shr_u': 0x76,
  'i64.shr_u': 0x88,
  'f64.abs': 0x99,
  'f64.add': 0xa0,
  'f64.sub': 0xa1,
  'f64.mul': 0xa2,
  'f64.min': 0xa4,
  'f64.max': 0xa5,
  'i32.wrap_i64': 0xa7,
  'i32.trunc_f64_u': 0xab,
  'f64.convert_i32_u': 0xb8,
  'f64.promote_f32': 0xbb,
  'i64.reinterpret_f64': 0xbd,
};
const VECTOR: Readonly<Record<string, number>> = {
  'f32x4.splat': 19,
  'f64x2.splat': 20,
  'f32x4.eq': 65,
  'f64x2.promote_low_f32x4': 95,
  'i32x4.add': 174,
  'i32x4.sub': 177,
  'f32x4.pmin': 234,
  'f32x4.pmax': 235,
  'f64x2.abs': 236,
  'f64x2.add': 240,
  'f64x2.sub': 241,
  'f64x2.mul': 242,
  'f64x2.pmax': 247,
};
/** Opcode and alignment of what reads and writes memory. */
const MEMORY: Readonly<Record<string, readonly [opcode: readonly number[], align: number]>> = {
  'i32.load': [[0x28], 2],
  'i64.load': [[0x29], 3],
  'f32.load': [[0x2a], 2],
  'f64.load': [[0x2b], 3],
  'i32.load8_u': [[0x2d], 0],
  'i32.store': [[0x36], 2],
  'f64.store': [[0x39], 3],
  'v128.load': [[SIMD, 0], 0],
  'v128.load32_splat': [[SIMD, 9], 2],
};
/** Vector instructions with the number of a lane. */
const LANE: Readonly<Record<string, number>> = {
  'i32x4.extract_lane': 27,
  'i64x2.extract_lane': 29,
  'f32x4.extract_lane': 31,
  'f64x2.extract_lane': 33,
};

/**
 * Assembles the part of the WebAssembly text format that kernels are written in: functions of folded instructions,
 * all exported, and one exported memory. Throws where the text has a word that this part lacks.
 */
export function assemble(text: string): Uint8Array<ArrayBuffer> {
  const [module] = parse(text);
  if (module === undefined || typeof module === 'string') throw new SyntaxError('no module');
  const functions = module.filter(isList).filter(([word]) => word === 'func');
  const memory = module.filter(isList).find(([word]) => word === 'memory');
  const parsed = functions.map(functionOf);
  const pages = Number(memory?.[1] ?? 0);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      parsed.map(({ type }) => type),
    ),
    ...section(
      3,
      parsed.map((_, at) => unsigned(at)),
    ),
    ...section(5, [[0x00, ...unsigned(pages)]]),
    ...section(7, [
      [...name('memory'), 0x02, 0],
      ...parsed.map((each, at) => [...name(each.name), 0x00, ...unsigned(at)]),
    ]),
    ...section(
      10,
      parsed.map(({ body }) => sized(body)),
    ),
  ]);
}

const isList = (expression: Expression): expression is readonly Expression[] =>
  typeof expression !== 'string';

function parse(text: string): Expression[] {
  const stack: Expression[][] = [[]];
  for (const token of text.replaceAll(/;;.*$/gm, '').match(/[()]|[^\s()]+/g) ?? []) {
    const top = stack.at(-1) ?? [];
    if (token === '(') stack.push([]);
    else if (token !== ')') top.push(token);
    else {
      stack.pop();
      (stack.at(-1) ?? []).push(top);
    }
  }
  return stack[0] ?? [];
}

function functionOf([, title, ...parts]: readonly Expression[]) {
  const lists = parts.filter(isList);
  const declared = (kind: string) => lists.filter(([word]) => word === kind);
  const [params, locals, results] = [declared('param'), declared('local'), declared('result')];
  const typeOf = (word: Expression | undefined): number => TYPES[wordOf(word)] ?? missing(word);
  const places = new Map([...params, ...locals].map(([, name], at) => [wordOf(name), at]));
  const code = lists.filter(([word]) => !['param', 'local', 'result'].includes(wordOf(word)));
  return {
    name: wordOf(title).slice(1),
    type: [
      0x60,
      ...counted(params.map(([, , type]) => [typeOf(type)])),
      ...counted(results.map(([, type]) => [typeOf(type)])),
    ],
    body: [
      ...counted(locals.map(([, , type]) => [1, typeOf(type)])),
      ...code.flatMap((each) => instruction(each, places, [])),
      END,
    ],
  };
}

type Labels = readonly string[];

/** An instruction behind the instructions that give its operands. `labels`: of the blocks it stands in, the inmost first. */
function instruction(
  [head, ...rest]: readonly Expression[],
  places: ReadonlyMap<string, number>,
  labels: Labels,
): number[] {
  const word = wordOf(head);
  const inner = (lists: readonly Expression[], within = labels): number[] =>
    lists.filter(isList).flatMap((each) => instruction(each, places, within));
  const immediates = rest.filter((each) => !isList(each)).map(wordOf);
  const [first = ''] = immediates;
  if (word === 'loop') return [0x03, BLOCK_WITHOUT_RESULT, ...inner(rest, [first, ...labels]), END];
  if (word === 'if') {
    const [condition = [], then = []] = rest.filter(isList);
    const body = inner(then.slice(1), ['', ...labels]);
    return [...inner([condition]), 0x04, BLOCK_WITHOUT_RESULT, ...body, END];
  }
  return [...inner(rest), ...operation(word, first, immediates, places, labels)];
}

function operation(
  word: string,
  first: string,
  immediates: readonly string[],
  places: ReadonlyMap<string, number>,
  labels: Labels,
): number[] {
  const place = () => unsigned(places.get(first) ?? missing(first));
  if (word === 'local.get') return [0x20, ...place()];
  if (word === 'local.set') return [0x21, ...place()];
  if (word === 'br_if') return [0x0d, ...unsigned(labels.indexOf(first))];
  if (word === 'i32.const') return [0x41, ...signed(Number(first))];
  if (word === 'i64.const') return [0x42, ...signed(Number(first))];
  if (word === 'f32.const') return [0x43, ...new Uint8Array(Float32Array.of(Number(first)).buffer)];
  if (word === 'f64.const') return [0x44, ...new Uint8Array(Float64Array.of(Number(first)).buffer)];
  if (word === 'v128.zero') return [SIMD, 12, ...new Uint8Array(16)];
  if (word === 'i8x16.shuffle') return [SIMD, 13, ...immediates.map(Number)];
  const memory = MEMORY[word];
  if (memory !== undefined)
    return [...memory[0], memory[1], ...unsigned(Number(first.replace('offset=', '') || 0))];
  const lane = LANE[word];
  if (lane !== undefined) return [SIMD, ...unsigned(lane), Number(first)];
  const vector = VECTOR[word];
  if (vector !== undefined) return [SIMD, ...unsigned(vector)];
  return [PLAIN[word] ?? missing(word)];
}

const wordOf = (expression: Expression | undefined): string =>
  typeof expression === 'string' ? expression : missing(expression);

function missing(what: unknown): never {
  throw new SyntaxError(`the assembler does not know ${JSON.stringify(what)}`);
}

const name = (text: string): number[] => sized([...new TextEncoder().encode(text)]);
const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];
const counted = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const section = (id: number, items: readonly (readonly number[])[]): number[] => [
  id,
  ...sized(counted(items)),
];

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 0x80) return [...bytes, left];
    bytes.push((left & 0x7f) | 0x80);
  }
}

function signed(value: number): number[] {
  const bytes = [];
  for (let left = value; ; left >>= 7) {
    const byte = left & 0x7f;
    const last = (left >> 7 === 0 && byte < 0x40) || (left >> 7 === -1 && byte >= 0x40);
    if (last) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}
