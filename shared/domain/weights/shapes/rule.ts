import type { Dimension, Shape } from './dimension.ts';
import type { NodeFacts } from './node-facts.ts';

/** Shapes of a node's outputs, in order; null is not known. */
export type Rule = (facts: NodeFacts) => readonly (Shape | null)[];

/** Rules by operator. */
export type Rules = readonly (readonly [string, Rule])[];

/** A rule for a node with one output. */
export const one =
  (rule: (facts: NodeFacts) => Shape | null): Rule =>
  (facts) => [rule(facts)];

/** One rule for several operators. */
export const many = (names: string, rule: Rule): Rules => names.split(' ').map((name) => [name, rule]);

/** A shape with other axes in the place of one. */
export const replaced = (shape: Shape, at: number, ...by: readonly Dimension[]): Shape => [
  ...shape.slice(0, at),
  ...by,
  ...shape.slice(at + 1),
];
