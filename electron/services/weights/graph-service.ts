import type { graph as channels } from '../../../shared/contract/graph.ts';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { GraphDrawing } from '../../../shared/domain/weights/graph-drawing.ts';
import type { ServiceContext } from '../context.ts';

/** Drawings are small beside the seconds that laying one out can take. */
const KEPT = 8;
/** What a release's model calls its input. */
const MODEL_INPUT = 'features';

export function graphService({
  bundles,
  weightsPool,
}: ServiceContext): Pick<ServiceApi<'weights'>, keyof typeof channels> {
  const drawings = new Map<string, Promise<GraphDrawing>>();
  const model = async (release: string) => {
    const bundle = await bundles.get(release);
    return { bundle, path: bundle.modelPath, name: `${bundle.manifest.name}/model.onnx` };
  };
  const draw = async (release: string) => {
    const { path, name } = await model(release);
    return weightsPool.run('drawGraph', { path, name });
  };
  return {
    drawing({ release }) {
      const drawing = drawings.get(release) ?? draw(release);
      drawings.set(release, drawing);
      drawing.catch(() => drawings.delete(release));
      for (const oldest of drawings.keys()) if (drawings.size > KEPT) drawings.delete(oldest);
      return drawing;
    },
    async featureReach({ release, output }) {
      const { bundle, path, name } = await model(release);
      return weightsPool.run('reachOfFeatures', {
        path,
        name,
        output,
        input: MODEL_INPUT,
        features: bundle.features,
      });
    },
  };
}
