import { z } from 'zod';
import { FeatureReach, GraphLayout } from '../domain/weights/graph-drawing.ts';
import { ModelGraph } from '../domain/weights/graph.ts';
import { channel, Nothing } from './channel.ts';

/** The graph of a release's model. */
export const graph = {
  modelGraph: channel(z.object({ release: z.string() }), ModelGraph),
  /** Places boxes joined by edges in layers; the caller's `id` is what `cancelLayout` stops. */
  layout: channel(
    z.object({
      id: z.string().min(1),
      boxes: z.int().nonnegative(),
      edges: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])),
    }),
    GraphLayout,
  ),
  /** Stops a layout that still runs; of one that does not, nothing. */
  cancelLayout: channel(z.object({ id: z.string() }), Nothing),
  /** Which features can reach a head, by the name of the model's output. */
  featureReach: channel(z.object({ release: z.string(), output: z.string() }), FeatureReach),
};
