import { constantHosts } from './graph-constants.ts';
import type { ModelGraph } from './graph.ts';

/** Operators that are drawn as one box until it is opened. */
export interface GraphGroup {
  readonly id: string;
  readonly title: string;
  /** The group around it; null is the whole graph. */
  readonly parent: string | null;
  /** What stands in it side by side: groups and operators, in the order of the file. */
  readonly items: readonly GroupItem[];
  /** Operators in it, however deep. */
  readonly operators: number;
}

export type GroupItem = { readonly group: string } | { readonly node: number };

/** A graph sorted into groups. */
export interface Grouping {
  readonly groups: ReadonlyMap<string, GraphGroup>;
  readonly items: readonly GroupItem[];
  /** By constant operator: the operator it is folded into. */
  readonly hosts: ReadonlyMap<number, number>;
}

/** More things than this do not stand side by side: they are bundled in runs. */
const SIDE_BY_SIDE = 48;
/** Names with more scopes are cut, so that a made-up file nests no deeper. */
const MOST_SCOPES = 16;

interface Scope {
  readonly path: string;
  readonly title: string;
  readonly scopes: Map<string, Scope>;
  readonly entries: ({ readonly scope: Scope } | { readonly node: number })[];
  operators: number;
}

/**
 * Sorts operators into groups by the scopes in their names (`encoder/layer.0/MatMul`, else `layer0.sum`), and bundles
 * what is still too much to stand side by side in runs, in the order of the file. Constants stand with who takes them.
 */
export function groupsOf(graph: ModelGraph): Grouping {
  const hosts = constantHosts(graph);
  const root = scope('', '');
  for (const [at, node] of graph.nodes.entries()) {
    if (hosts.has(at)) continue;
    let inside = root;
    inside.operators += 1;
    for (const part of scopesOf(node.name || node.outputs[0] || '')) {
      let next = inside.scopes.get(part);
      if (next === undefined) {
        next = scope(`${inside.path}/${part}`, part);
        inside.scopes.set(part, next);
        inside.entries.push({ scope: next });
      }
      inside = next;
      inside.operators += 1;
    }
    inside.entries.push({ node: at });
  }
  const groups = new Map<string, GraphGroup>();
  return { groups, items: itemsOf(root, null, groups), hosts };
}

const scope = (path: string, title: string): Scope => ({
  path,
  title,
  scopes: new Map(),
  entries: [],
  operators: 0,
});

/** The scopes of a name, outermost first; the last part is the operator's own. */
function scopesOf(name: string): string[] {
  const parts = name.split(name.includes('/') ? '/' : '.').filter((part) => part !== '');
  return parts.slice(0, -1).slice(0, MOST_SCOPES);
}

function itemsOf(of: Scope, parent: string | null, groups: Map<string, GraphGroup>): GroupItem[] {
  const items = of.entries.flatMap((entry): GroupItem[] => {
    if ('node' in entry) return [entry];
    // a scope with one thing in it is no group
    const titles = [entry.scope.title];
    let inner = entry.scope;
    for (
      let only = inner.entries[0];
      inner.entries.length === 1 && only !== undefined;
      [only] = inner.entries
    ) {
      if ('node' in only) return [only];
      inner = only.scope;
      titles.push(inner.title);
    }
    const id = `group:${inner.path}`;
    const { operators } = inner;
    groups.set(id, { id, title: titles.join('/'), parent, items: itemsOf(inner, id, groups), operators });
    return [{ group: id }];
  });
  return bundled(items, parent, groups);
}

/** Bundles runs of a list until no more than SIDE_BY_SIDE things are left. */
function bundled(items: GroupItem[], parent: string | null, groups: Map<string, GraphGroup>): GroupItem[] {
  let left = items;
  for (let depth = 0; left.length > SIDE_BY_SIDE; depth += 1) {
    const runs = Array.from({ length: Math.ceil(left.length / SIDE_BY_SIDE) }, (_, run) =>
      left.slice(run * SIDE_BY_SIDE, (run + 1) * SIDE_BY_SIDE),
    );
    left = runs.map((run, at): GroupItem => {
      const [only] = run;
      if (run.length === 1 && only !== undefined) return only;
      const id = `${parent ?? 'group:'}#${depth}.${at}`;
      const operators = run.reduce((sum, item) => sum + sizeOf(item, groups), 0);
      groups.set(id, { id, title: `part ${at + 1} of ${runs.length}`, parent, items: run, operators });
      for (const item of run) if ('group' in item) rehome(item.group, id, groups);
      return { group: id };
    });
  }
  return left;
}

function rehome(group: string, parent: string, groups: Map<string, GraphGroup>): void {
  const own = groups.get(group);
  if (own !== undefined) groups.set(group, { ...own, parent });
}

const sizeOf = (item: GroupItem, groups: ReadonlyMap<string, GraphGroup>): number =>
  'node' in item ? 1 : (groups.get(item.group)?.operators ?? 0);

/** The operators of a group by their places in the file, however deep. */
export function operatorsIn({ groups }: Grouping, group: GraphGroup): number[] {
  const found: number[] = [];
  const open = [...group.items];
  for (const item of open) {
    if ('node' in item) found.push(item.node);
    else open.push(...(groups.get(item.group)?.items ?? []));
  }
  return found;
}
