import { badInput } from '../../../shared/domain/error.ts';
import { FileBytes } from '../onnx/file-bytes.ts';
import { fieldList, fields, fieldText, type ByteSource, type Field, type Range } from '../onnx/walk.ts';
import { tensorProto } from './onnx-tensor.ts';
import type { OnnxFile } from './onnx-file.ts';
import { PICKLE_START, pickleProblem } from '../releases/pickle.ts';
import { sparseTensor } from './onnx-sparse.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { checkTensorCount } from './tensor-count.ts';

/**
 * The weights of an ONNX model: initializers, dense and sparse, and the tensors of Constant nodes, in file order.
 * Values are skipped, not read. Data outside the model's file must lie in its folder. Field numbers are onnx.proto's.
 */
export function readOnnx(path: string, name = path): StoredTensor[] {
  const source = new FileBytes(path);
  try {
    const problem = pickleProblem(source.read(0, Math.min(source.size, PICKLE_START)));
    if (problem !== null) throw badInput(`${name} ${problem}.`);
    return tensorsOf({ path, name, source });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badInput(`${name} cannot be read as an ONNX model: ${error.message}; export it again.`);
  } finally {
    source.close();
  }
}

function tensorsOf(file: OnnxFile): StoredTensor[] {
  const { name, source } = file;
  const byName = new Map<string, StoredTensor>();
  let graphs = 0;
  for (const field of fields(source, { start: 0, end: source.size })) {
    if (field.number !== 7) continue;
    graphs += 1;
    for (const tensor of graphTensors(file, field)) {
      if (byName.has(tensor.name))
        throw badInput(`${name} has two tensors named "${tensor.name}"; export it again.`);
      byName.set(tensor.name, tensor);
      checkTensorCount(name, byName.size);
    }
  }
  if (graphs === 0) throw new RangeError('it holds no graph');
  return [...byName.values()];
}

function* graphTensors(file: OnnxFile, graph: Range): Generator<StoredTensor> {
  for (const field of fields(file.source, graph)) {
    if (field.number === 5) yield tensorProto(file, field);
    else if (field.number === 15) yield sparseTensor(file, field);
    else if (field.number === 1) yield* constantTensors(file, field);
  }
}

function* constantTensors(file: OnnxFile, node: Range): Generator<StoredTensor> {
  const parts = fieldList(file.source, node);
  const text = (number: number) => textOf(file.source, parts, number);
  if (text(4) !== 'Constant') return;
  for (const attribute of parts.filter(({ number }) => number === 5)) {
    for (const field of fields(file.source, attribute)) {
      if (field.number === 5) yield { ...tensorProto(file, field, text(2)), name: text(2) };
      else if (field.number === 22) yield { ...sparseTensor(file, field, text(2)), name: text(2) };
    }
  }
}

function textOf(source: ByteSource, parts: readonly Field[], number: number): string {
  const field = parts.findLast((part) => part.number === number);
  return field === undefined ? '' : fieldText(source, field);
}
