import { z } from 'zod';
import { ModelGraph } from './graph.ts';

/** What an operator, an input or an output takes in the drawing. */
export const BOX = { width: 168, height: 40 } as const;

/** A graph and where its parts are drawn, by their middles. */
export const GraphDrawing = z.object({
  graph: ModelGraph,
  places: z.array(z.object({ id: z.string(), x: z.number(), y: z.number() })),
  width: z.number(),
  height: z.number(),
});
export type GraphDrawing = z.infer<typeof GraphDrawing>;

/** Which features a head can depend on, by the first dense layers between them. */
export const FeatureReach = z.object({
  /** Tensors of those layers. */
  layers: z.array(z.string()),
  /** For each feature, in order, the largest absolute weight that takes it up; 0: it cannot reach the head through them. */
  largest: z.array(z.object({ feature: z.string(), weight: z.number() })),
  /** Operators that take the features otherwise; through them every feature may reach the head. */
  otherwise: z.array(z.string()),
});
export type FeatureReach = z.infer<typeof FeatureReach>;
