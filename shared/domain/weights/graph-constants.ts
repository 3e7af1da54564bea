import type { ModelGraph } from './graph.ts';

/**
 * Operators that give the same whatever the features are, because they take tensors of the file alone, each with the
 * operator that takes what they give. Not among them: what enters an output, or nothing, and what draws at random.
 */
export function constantHosts({ nodes, tensors, outputs }: ModelGraph): Map<number, number> {
  const constant = new Set(tensors.map(({ name }) => name));
  const makers = new Map<string, number>();
  const fixed = new Set<number>();
  for (const [at, { op, domain, inputs, outputs, captured }] of nodes.entries()) {
    const isFixed =
      domain === '' &&
      captured.length === 0 &&
      !/^(Random|Bernoulli|Multinomial)/.test(op) &&
      inputs.every((name) => name === '' || constant.has(name)) &&
      (inputs.length > 0 || op === 'Constant');
    if (!isFixed) continue;
    fixed.add(at);
    for (const name of outputs) {
      constant.add(name);
      makers.set(name, at);
    }
  }
  const shown = new Set(outputs.flatMap(({ name }) => makers.get(name) ?? []));
  const hosts = new Map<number, number>();
  // from the last to the first, so that a chain of constants ends where its last one is taken
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const taker = fixed.has(at) && !shown.has(at) ? hosts.get(at) : at;
    if (taker === undefined) continue;
    const { inputs = [], captured = [] } = nodes[at] ?? {};
    for (const name of [...inputs, ...captured]) {
      const maker = makers.get(name);
      if (maker !== undefined && !shown.has(maker)) hosts.set(maker, hosts.get(maker) ?? taker);
    }
  }
  return hosts;
}
