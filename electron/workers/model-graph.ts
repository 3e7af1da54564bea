import { readGraph } from '../services/onnx/graph.ts';
import { featureReach } from '../services/weights/feature-reach.ts';
import { layoutGraph } from '../services/weights/layout-graph.ts';
import { readOnnx } from '../services/weights/read-onnx.ts';
import { enveloped } from './envelope.ts';

interface Model {
  readonly path: string;
  /** What sentences call it. */
  readonly name: string;
}

export const modelGraph = enveloped(async ({ path, name }: Model) => readGraph(path, name));

export { layoutBoxes as layoutGraph };
const layoutBoxes = enveloped(
  async ({ boxes, edges }: { boxes: number; edges: readonly (readonly [number, number])[] }) =>
    layoutGraph(boxes, edges),
);

/** Which of the model's features can reach one of its outputs. */
export const reachOfFeatures = enveloped(
  async ({ path, name, ...of }: Model & { input: string; output: string; features: readonly string[] }) =>
    featureReach(readGraph(path, name), readOnnx(path, name), of),
);
