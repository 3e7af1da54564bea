import type { graph as channels } from '../../../shared/contract/graph.ts';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { MOST_BOXES } from '../../../shared/domain/weights/graph-drawing.ts';
import type { ServiceContext } from '../context.ts';

/** What a release's model calls its input. */
const MODEL_INPUT = 'features';

export function graphService({
  bundles,
  weightsPool,
}: ServiceContext): Pick<ServiceApi<'weights'>, keyof typeof channels> {
  const running = new Map<string, AbortController>();
  const model = async (release: string) => {
    const bundle = await bundles.get(release);
    return { bundle, path: bundle.modelPath, name: `${bundle.manifest.name}/model.onnx` };
  };
  return {
    async modelGraph({ release }) {
      const { path, name } = await model(release);
      return weightsPool.run('modelGraph', { path, name });
    },
    async layout({ id, boxes, edges }) {
      if (boxes > MOST_BOXES)
        throw badInput(
          `${boxes} boxes are more than the ${MOST_BOXES} that are laid out at once; close some groups of the graph.`,
        );
      if (edges.flat().some((end) => end >= boxes))
        throw badInput(
          `An edge of the graph ends at a box that is none of the ${boxes}; draw the graph again.`,
        );
      running.get(id)?.abort();
      const abort = new AbortController();
      running.set(id, abort);
      try {
        return await weightsPool.run('layoutGraph', { boxes, edges }, abort.signal);
      } catch (error) {
        if (!abort.signal.aborted) throw error;
        throw new StatesideError('cancelled', 'The drawing of the graph was cancelled.');
      } finally {
        if (running.get(id) === abort) running.delete(id);
      }
    },
    async cancelLayout({ id }) {
      running.get(id)?.abort();
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
