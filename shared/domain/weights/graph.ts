import { z } from 'zod';

/** A value that flows between operators. `shape` is null where the model declares none; a name stands for what differs from run to run. */
export const GraphValue = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(z.union([z.number(), z.string()])).nullable(),
});
export type GraphValue = z.infer<typeof GraphValue>;

const GraphNode = z.object({
  name: z.string(),
  op: z.string(),
  /** "" is the standard's. */
  domain: z.string(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  /** Values that the node's subgraphs take from the graph around them. */
  captured: z.array(z.string()),
  attributes: z.array(z.object({ name: z.string(), text: z.string() })),
});
export type GraphNode = z.infer<typeof GraphNode>;

/** An ONNX graph without its weights: operators in the order of the file, joined by the names of values. */
export const ModelGraph = z.object({
  inputs: z.array(GraphValue),
  outputs: z.array(GraphValue),
  nodes: z.array(GraphNode),
  /** Values between operators whose shape the model declares. */
  values: z.array(GraphValue),
  /** Shapes that the model does not declare but that follow from its operators; `?` is an axis that does not follow. */
  inferred: z.array(
    GraphValue.pick({ name: true }).extend({ shape: z.array(z.union([z.number(), z.string()])) }),
  ),
  tensors: z.array(
    z.object({ name: z.string(), dtype: z.string(), shape: z.array(z.number()), elements: z.number() }),
  ),
});
export type ModelGraph = z.infer<typeof ModelGraph>;

/** What a value comes from, and what a graph is drawn of: an input, an operator by its place, or an output. */
export const inputId = (name: string): string => `in:${name}`;
export const nodeId = (at: number): string => `op:${at}`;
export const outputId = (name: string): string => `out:${name}`;

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly value: string;
}

/** By value: what gives it. Initializers are no sources of data; an input that one fills is none either. */
function sources(graph: ModelGraph): Map<string, string> {
  const from = new Map(graph.inputs.map(({ name }) => [name, inputId(name)]));
  for (const { name } of graph.tensors) from.delete(name);
  for (const [at, { outputs }] of graph.nodes.entries())
    for (const name of outputs) if (name !== '') from.set(name, nodeId(at));
  return from;
}

/** Along which values the data flows; every pair of ends and value once. */
export function edgesOf(graph: ModelGraph): Edge[] {
  const from = sources(graph);
  const edges: Edge[] = [];
  const join = (value: string, to: string) => {
    const source = from.get(value);
    if (source !== undefined) edges.push({ from: source, to, value });
  };
  for (const [at, { inputs, captured }] of graph.nodes.entries())
    for (const value of new Set([...inputs, ...captured])) join(value, nodeId(at));
  for (const { name } of graph.outputs) join(name, outputId(name));
  return edges;
}

/** Everything an output can depend on, itself included, following the data backward. */
export function reachOf(edges: readonly Edge[], output: string): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  for (const { from, to } of edges) before.set(to, [...(before.get(to) ?? []), from]);
  const reached = new Set([outputId(output)]);
  for (const id of reached) for (const from of before.get(id) ?? []) reached.add(from);
  return reached;
}
