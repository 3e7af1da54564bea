import { enveloped } from './envelope.ts';

// what a graph takes is loaded when one is asked for: threads that only walk over values stay small

interface Model {
  readonly path: string;
  /** What sentences call it. */
  readonly name: string;
}

export const modelGraph = enveloped(async ({ path, name }: Model) => {
  const { readGraph } = await import('../services/onnx/graph.ts');
  return readGraph(path, name);
});

export const layoutGraph = enveloped(
  async ({ boxes, edges }: { boxes: number; edges: readonly (readonly [number, number])[] }) => {
    const layout = await import('../services/weights/layout-graph.ts');
    return layout.layoutGraph(boxes, edges);
  },
);

/** Which of the model's features can reach one of its outputs. */
export const reachOfFeatures = enveloped(
  async ({ path, name, ...of }: Model & { input: string; output: string; features: readonly string[] }) => {
    const { readGraph } = await import('../services/onnx/graph.ts');
    const { featureReach } = await import('../services/weights/feature-reach.ts');
    const { readOnnx } = await import('../services/weights/read-onnx.ts');
    return featureReach(readGraph(path, name), readOnnx(path, name), of);
  },
);
