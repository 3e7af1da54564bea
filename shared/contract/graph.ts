import { z } from 'zod';
import { FeatureReach, GraphDrawing } from '../domain/weights/graph-drawing.ts';
import { channel } from './channel.ts';

/** The graph of a release's model. */
export const graph = {
  drawing: channel(z.object({ release: z.string() }), GraphDrawing),
  /** Which features can reach a head, by the name of the model's output. */
  featureReach: channel(z.object({ release: z.string(), output: z.string() }), FeatureReach),
};
