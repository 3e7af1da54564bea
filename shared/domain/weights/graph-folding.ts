import type { GraphGroup, GroupItem, Grouping } from './graph-groups.ts';
import { edgesOf, inputId, nodeId, outputId, type ModelGraph } from './graph.ts';

/** One box of a drawing: an input, an operator, an output, or a closed group. */
export interface FoldedBox {
  readonly id: string;
  /** Of an operator, its place in the file. */
  readonly node: number | null;
  readonly group: GraphGroup | null;
}

export interface FoldedGraph {
  readonly boxes: readonly FoldedBox[];
  /** Between boxes, each pair once. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** By part of the graph: the box it is drawn in. */
  readonly boxOf: ReadonlyMap<string, string>;
}

/** The graph with the groups in `open` laid open and all others as one box each. */
export function foldedGraph(
  graph: ModelGraph,
  { groups, items, hosts }: Grouping,
  open: ReadonlySet<string>,
): FoldedGraph {
  const boxOf = new Map<string, string>();
  const boxes: FoldedBox[] = graph.inputs.map(({ name }) => ({ id: inputId(name), node: null, group: null }));
  const fill = (list: readonly GroupItem[], box: string | null): void => {
    for (const item of list) {
      if ('node' in item) {
        const id = nodeId(item.node);
        boxOf.set(id, box ?? id);
        if (box === null) boxes.push({ id, node: item.node, group: null });
        continue;
      }
      const group = groups.get(item.group);
      if (group === undefined) continue;
      const own = box ?? (open.has(group.id) ? null : group.id);
      if (box === null && own !== null) boxes.push({ id: own, node: null, group });
      fill(group.items, own);
    }
  };
  fill(items, null);
  for (const { name } of graph.outputs) boxes.push({ id: outputId(name), node: null, group: null });
  for (const { id } of boxes) if (!boxOf.has(id)) boxOf.set(id, id);
  for (const [at, host] of hosts) boxOf.set(nodeId(at), boxOf.get(nodeId(host)) ?? nodeId(host));
  const seen = new Set<string>();
  const edges = edgesOf(graph).flatMap(({ from, to }) => {
    const [a = '', b = ''] = [boxOf.get(from), boxOf.get(to)];
    const key = `${a}\n${b}`;
    if (a === b || seen.has(key)) return [];
    seen.add(key);
    return [{ from: a, to: b }];
  });
  return { boxes, edges, boxOf };
}

/** Groups that are open at first: the smallest, as long as no more than `most` boxes stand in the drawing. */
export function openedAtFirst(graph: ModelGraph, { groups, items }: Grouping, most: number): Set<string> {
  const open = new Set<string>();
  let boxes = graph.inputs.length + graph.outputs.length + items.length;
  let closed = items.flatMap((item) => ('group' in item ? (groups.get(item.group) ?? []) : []));
  while (closed.length > 0) {
    const next = closed.reduce((least, group) => (group.items.length < least.items.length ? group : least));
    if (boxes + next.items.length - 1 > most) break;
    boxes += next.items.length - 1;
    open.add(next.id);
    closed = closed
      .filter(({ id }) => id !== next.id)
      .concat(next.items.flatMap((item) => ('group' in item ? (groups.get(item.group) ?? []) : [])));
  }
  return open;
}

/** The groups around a part of the graph, outermost first. */
export function groupsAround({ groups, items, hosts }: Grouping, node: number): GraphGroup[] {
  const wanted = hosts.get(node) ?? node;
  const holds = (item: GroupItem): GraphGroup[] | null => {
    if ('node' in item) return item.node === wanted ? [] : null;
    const group = groups.get(item.group);
    for (const inner of group?.items ?? []) {
      const found = holds(inner);
      if (found !== null && group !== undefined) return [group, ...found];
    }
    return null;
  };
  for (const item of items) {
    const found = holds(item);
    if (found !== null) return found;
  }
  return [];
}
