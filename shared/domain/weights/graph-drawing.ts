import { z } from 'zod';

/** What a box takes in the drawing. */
export const BOX = { width: 168, height: 40 } as const;

/** More boxes are not laid out at once: it takes seconds for 2,000 and grows faster than their number. */
export const MOST_BOXES = 3000;

/** Where boxes are drawn, by their middles, in the order they were given. */
export const GraphLayout = z.object({
  x: z.array(z.number()),
  y: z.array(z.number()),
  width: z.number(),
  height: z.number(),
});
export type GraphLayout = z.infer<typeof GraphLayout>;

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
