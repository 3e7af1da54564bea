import { badInput } from '../../../shared/domain/error.ts';
import type { GraphNode, ModelGraph } from '../../../shared/domain/weights/graph.ts';
import { MOST_CONTENTS } from '../../../shared/domain/weights/shapes/contents.ts';
import { inferShapes } from '../../../shared/domain/weights/shapes/infer.ts';
import { readOnnx } from '../weights/read-onnx.ts';
import type { StoredTensor } from '../weights/stored-tensor.ts';
import { TensorReader } from '../weights/tensor-reader.ts';
import { attributeText } from './attribute-text.ts';
import { declaredValue, find, textOf, type DeclaredValue } from './declared-value.ts';
import { FileBytes } from './file-bytes.ts';
import { fieldList, fields, fieldText, type ByteSource, type Range } from './walk.ts';

const DEEPEST_GRAPH = 32;
const MOST_NODES = 50_000;
const MOST_VALUES = 100_000;

/** The graph of an ONNX model. Weights are skipped, not read; field numbers are onnx.proto's. */
export function readGraph(path: string, name = path): ModelGraph {
  const stored = readOnnx(path, name);
  const tensors = stored.map(({ name, dtype, shape, elements }) => ({
    name,
    dtype,
    shape: [...shape],
    elements,
  }));
  const source = new FileBytes(path);
  try {
    const model = {
      inputs: [],
      outputs: [],
      nodes: [],
      values: [],
      inferred: [],
      tensors,
    } satisfies ModelGraph;
    for (const field of fields(source, { start: 0, end: source.size }))
      if (field.number === 7) addGraph(model, source, field);
    return { ...model, inferred: inferShapes(model, smallContents(model, stored)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badInput(`${name} cannot be read as an ONNX model: ${error.message}; export it again.`);
  } finally {
    source.close();
  }
}

/** The whole numbers of short lists that operators take beside their data: axes, shapes, places to cut. */
function smallContents({ nodes }: ModelGraph, tensors: readonly StoredTensor[]): Map<string, number[]> {
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs));
  const contents = new Map<string, number[]>();
  for (const tensor of tensors) {
    const { name, dtype, shape, elements } = tensor;
    const isShort = shape.length <= 1 && elements <= MOST_CONTENTS;
    if (!isShort || (dtype !== 'I64' && dtype !== 'I32') || !taken.has(name)) continue;
    const reader = new TensorReader(tensor);
    try {
      contents.set(name, Array.from(reader.read(0, elements)));
    } finally {
      reader.close();
    }
  }
  return contents;
}

function addGraph(model: ModelGraph, source: ByteSource, graph: Range): void {
  for (const field of fields(source, graph)) {
    checkSize(model);
    if (field.number === 1) model.nodes.push(nodeOf(source, field));
    else if (field.number === 11) model.inputs.push(valueOf(declaredValue(source, field)));
    else if (field.number === 12) model.outputs.push(valueOf(declaredValue(source, field)));
    else if (field.number === 13) model.values.push(valueOf(declaredValue(source, field)));
  }
}

function checkSize({ nodes, inputs, outputs, values }: ModelGraph): void {
  if (nodes.length > MOST_NODES) throw new RangeError(`it has more than ${MOST_NODES} operators`);
  if (inputs.length + outputs.length + values.length > MOST_VALUES)
    throw new RangeError(`it declares more than ${MOST_VALUES} values`);
}

const valueOf = ({ name, type, shape }: DeclaredValue) => ({
  name,
  type,
  shape: shape === null ? null : [...shape],
});

function nodeOf(source: ByteSource, range: Range): GraphNode {
  const attributes = fieldList(source, range).filter(({ number }) => number === 5);
  return {
    name: textOf(source, range, 3),
    op: textOf(source, range, 4),
    domain: textOf(source, range, 7),
    inputs: texts(source, range, 1),
    outputs: texts(source, range, 2),
    captured: [...new Set(attributes.flatMap((attribute) => capturedBy(source, attribute, 1)))],
    attributes: attributes.map((attribute) => ({
      name: textOf(source, attribute, 1),
      text: attributeText(source, attribute),
    })),
  };
}

/** What the subgraphs of an attribute (fields 6 and 11) use and do not make themselves. */
function capturedBy(source: ByteSource, attribute: Range, depth: number): string[] {
  return fieldList(source, attribute)
    .filter(({ number }) => number === 6 || number === 11)
    .flatMap((graph) => freeValues(source, graph, depth));
}

function freeValues(source: ByteSource, graph: Range, depth: number): string[] {
  if (depth > DEEPEST_GRAPH) throw new RangeError(`graphs are nested more than ${DEEPEST_GRAPH} deep`);
  const made = new Set<string>();
  const used: string[] = [];
  for (const field of fields(source, graph)) {
    if (field.number === 5) made.add(textOf(source, field, 8));
    else if (field.number === 15) made.add(sparseName(source, field));
    else if (field.number === 11) made.add(textOf(source, field, 1));
    else if (field.number === 12) used.push(textOf(source, field, 1));
    else if (field.number === 1) {
      used.push(...texts(source, field, 1));
      for (const output of texts(source, field, 2)) made.add(output);
      for (const part of fields(source, field))
        if (part.number === 5) used.push(...capturedBy(source, part, depth + 1));
    }
  }
  return used.filter((name) => name !== '' && !made.has(name));
}

function sparseName(source: ByteSource, sparse: Range): string {
  const values = find(source, sparse, 1);
  return values === null ? '' : textOf(source, values, 8);
}

const texts = (source: ByteSource, range: Range, number: number): string[] =>
  fieldList(source, range)
    .filter((field) => field.number === number)
    .map((field) => fieldText(source, field));
