import { badInput } from '../../../shared/domain/error.ts';
import { MOST_TENSORS } from '../weights/tensor-count.ts';
import { declaredValue, textOf, type DeclaredValue } from './declared-value.ts';
import { FileBytes } from './file-bytes.ts';
import { fields, type ByteSource, type Field, type Range } from './walk.ts';

const DEEPEST_GRAPH = 32;
const MOST_VALUES = 10_000;
const EXTERNAL = 1n;

/** What a model's file says of itself. */
export interface OnnxSummary {
  /** Inputs a caller must give: those that no initializer fills. */
  readonly inputs: readonly DeclaredValue[];
  readonly outputs: readonly DeclaredValue[];
  /** Each operator domain in use ("" is the standard's), with one operator of it. */
  readonly domains: ReadonlyMap<string, string>;
  /** Where tensors say their data lies outside the file. */
  readonly externalData: readonly string[];
}

/**
 * Reads a model's structure without reading its weights, subgraphs and local functions included. Field numbers are
 * onnx.proto's. Refuses a file that is no ONNX model; `name` is what the sentence calls the file.
 */
export function inspectOnnx(path: string, name = path): OnnxSummary {
  const source = new FileBytes(path);
  try {
    return summarise(source);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badInput(`${name} is not a readable ONNX model (${error.message}); export it again.`);
  } finally {
    source.close();
  }
}

function summarise(source: ByteSource): OnnxSummary {
  const walk = new GraphWalk(source);
  let graphs = 0;
  for (const field of fields(source, { start: 0, end: source.size })) {
    if (field.number === 7) {
      graphs += 1;
      walk.mainGraph(field);
    } else if (field.number === 20) walk.trainingInfo(field);
    else if (field.number === 25) walk.localFunction(field);
  }
  if (graphs === 0) throw new RangeError('it holds no graph');
  return {
    inputs: walk.inputs.filter((input) => !walk.initializers.has(input.name)),
    outputs: walk.outputs,
    domains: walk.domains,
    externalData: [...walk.externalData],
  };
}

/** Gathers from every graph of a model. Every occurrence of a field is visited, since protobuf merges repeated ones. */
class GraphWalk {
  readonly inputs: DeclaredValue[] = [];
  readonly outputs: DeclaredValue[] = [];
  readonly initializers = new Set<string>();
  readonly domains = new Map<string, string>();
  readonly externalData = new Set<string>();
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  mainGraph(range: Range): void {
    this.#graph(range, 0);
    for (const field of this.#fields(range)) {
      if (this.initializers.size > MOST_TENSORS)
        throw new RangeError(`it holds more than ${MOST_TENSORS} tensors`);
      if (this.inputs.length + this.outputs.length > MOST_VALUES)
        throw new RangeError(`it has more than ${MOST_VALUES} inputs and outputs`);
      if (field.number === 5) this.initializers.add(this.#textOf(field, 8));
      else if (field.number === 11) this.inputs.push(declaredValue(this.#source, field));
      else if (field.number === 12) this.outputs.push(declaredValue(this.#source, field));
    }
  }

  trainingInfo(range: Range): void {
    for (const field of this.#fields(range)) {
      if (field.number === 1 || field.number === 2) this.#graph(field, 0);
    }
  }

  localFunction(range: Range): void {
    this.domains.set(this.#textOf(range, 10), this.#textOf(range, 1));
    for (const field of this.#fields(range)) {
      if (field.number === 7) this.#node(field, 0);
      else if (field.number === 11) this.#attribute(field, 0);
    }
  }

  #graph(range: Range, depth: number): void {
    if (depth > DEEPEST_GRAPH) throw new RangeError(`graphs are nested more than ${DEEPEST_GRAPH} deep`);
    for (const field of this.#fields(range)) {
      if (field.number === 1) this.#node(field, depth);
      else if (field.number === 5) this.#tensor(field);
      else if (field.number === 15) this.#sparseTensor(field);
    }
  }

  #node(range: Range, depth: number): void {
    const domain = this.#textOf(range, 7);
    if (!this.domains.has(domain)) this.domains.set(domain, this.#textOf(range, 4));
    for (const field of this.#fields(range)) {
      if (field.number === 5) this.#attribute(field, depth);
    }
  }

  #attribute(range: Range, depth: number): void {
    for (const field of this.#fields(range)) {
      if (field.number === 6 || field.number === 11) this.#graph(field, depth + 1);
      else if (field.number === 5 || field.number === 10) this.#tensor(field);
      else if (field.number === 22 || field.number === 23) this.#sparseTensor(field);
    }
  }

  #sparseTensor(range: Range): void {
    for (const field of this.#fields(range)) {
      if (field.number === 1 || field.number === 2) this.#tensor(field);
    }
  }

  #tensor(range: Range): void {
    let external = false;
    let location = '';
    for (const field of this.#fields(range)) {
      if (field.number === 14) external ||= field.value === EXTERNAL;
      if (field.number !== 13) continue;
      external = true;
      if (this.#textOf(field, 1) === 'location') location = this.#textOf(field, 2);
    }
    if (external) this.externalData.add(location);
  }

  #fields(range: Range): Generator<Field> {
    return fields(this.#source, range);
  }

  #textOf(range: Range, number: number): string {
    return textOf(this.#source, range, number);
  }
}
