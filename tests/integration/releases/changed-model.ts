import { OnnxModel } from '../../../electron/services/onnx/schema.ts';
import { writeOnnx } from '../../../electron/services/onnx/write.ts';
import { twoHeads } from './sample-bundle.ts';

interface ModelObject {
  graph: {
    node: object[];
    initializer: object[];
    input: object[];
    output: object[];
  };
}

const isModel = (value: object): value is ModelObject => 'graph' in value;

/** The bytes of the two-headed model after a change that `writeOnnx` would not write. */
export function changedModel(change: (graph: ModelObject['graph']) => void): Uint8Array {
  const model: object = OnnxModel.toObject(OnnxModel.decode(writeOnnx(twoHeads)));
  if (!isModel(model)) throw new Error('The written model has no graph.');
  change(model.graph);
  return OnnxModel.encode(OnnxModel.fromObject(model)).finish();
}
