import type { ModelGraph } from '../graph.ts';
import { contentsOf, MOST_CONTENTS } from './contents.ts';
import { UNKNOWN, type Dimension, type Shape } from './dimension.ts';
import { NodeFacts } from './node-facts.ts';
import { RULES } from './operators.ts';

const MOST_AXES = 64;

/**
 * The shapes of the values that a model declares none for, by what its operators do to the shapes they take
 * (https://onnx.ai/onnx/operators/). `contents`: the whole numbers that small tensors hold, flat. Values whose shape
 * does not follow are not in the answer; `?` is an axis that does not follow.
 */
export function inferShapes(
  graph: Pick<ModelGraph, 'inputs' | 'outputs' | 'values' | 'nodes' | 'tensors'>,
  contents: ReadonlyMap<string, readonly number[]>,
): { name: string; shape: Dimension[] }[] {
  const declared = [...graph.values, ...graph.outputs, ...graph.inputs, ...graph.tensors];
  const shapes = new Map<string, Shape>(
    declared.flatMap(({ name, shape }) => (shape === null ? [] : [[name, shape.map(sized)]])),
  );
  const held = new Map<string, readonly Dimension[]>(contents);
  const inferred: { name: string; shape: Dimension[] }[] = [];
  for (const node of graph.nodes) {
    const facts = new NodeFacts(
      node,
      node.inputs.map((name) => shapes.get(name) ?? null),
      node.inputs.map((name) => held.get(name) ?? null),
    );
    const given = RULES.get(node.domain)?.get(node.op)?.(facts) ?? [];
    for (const [at, name] of node.outputs.entries()) {
      const shape = given[at] ?? null;
      if (name === '' || shape === null || shape.length > MOST_AXES || shapes.has(name)) continue;
      shapes.set(name, shape);
      inferred.push({ name, shape: [...shape] });
    }
    const [output = ''] = node.outputs;
    const numbers = isStandard(node.domain) && !held.has(output) ? contentsOf(facts) : null;
    if (numbers !== null && numbers.length <= MOST_CONTENTS) held.set(output, numbers);
  }
  return inferred;
}

const isStandard = (domain: string): boolean => domain === '' || domain === 'ai.onnx';

/** Some tools write an axis that differs from run to run as −1 or without a name. */
const sized = (size: Dimension): Dimension =>
  size === '' || (typeof size === 'number' && size < 0) ? UNKNOWN : size;
