import { Button, Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { foldedGraph, groupsAround, openedAtFirst } from '../../../../shared/domain/weights/graph-folding.ts';
import { groupsOf } from '../../../../shared/domain/weights/graph-groups.ts';
import { edgesOf, nodeId, reachOf, type ModelGraph } from '../../../../shared/domain/weights/graph.ts';
import { MOST_BOXES } from '../../../../shared/domain/weights/graph-drawing.ts';
import { SearchField } from '../../../components/SearchField.tsx';
import { Drawing } from './Drawing.tsx';
import css from './Graph.module.css';
import { GroupFacts, GroupLinks } from './GroupFacts.tsx';
import { HeadReach } from './HeadReach.tsx';
import { PartFacts } from './PartFacts.tsx';
import { PartList } from './PartList.tsx';
import { isMeant, partsOf } from './parts.ts';
import type { GraphSearch } from './search.ts';

const route = getRouteApi('/frame/weights/graph');
/** So many boxes are still taken in at a glance. */
const AT_FIRST = 160;

/** A model's graph with what is searched, traced, chosen and open in it. */
export function GraphView({ graph, release }: { graph: ModelGraph; release: string }) {
  const { q, part: chosen = null, head: named, open: written } = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (change: Partial<GraphSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const setQ = useCallback((q: string) => set({ q }), [set]);
  const parts = useMemo(() => partsOf(graph), [graph]);
  const grouping = useMemo(() => groupsOf(graph), [graph]);
  const open = useMemo(
    () => (written === undefined ? openedAtFirst(graph, grouping, AT_FIRST) : new Set(written)),
    [graph, grouping, written],
  );
  const folded = useMemo(() => foldedGraph(graph, grouping, open), [graph, grouping, open]);
  const wanted = q.trim().toLowerCase();
  const meant = useMemo(() => parts.filter((part) => isMeant(part, wanted)), [parts, wanted]);
  const boxed = useCallback((id: string) => folded.boxOf.get(id) ?? id, [folded]);
  const found = useMemo(
    () => new Set(wanted === '' ? [] : meant.map(({ id }) => boxed(id))),
    [meant, wanted, boxed],
  );
  const head = graph.outputs.find(({ name }) => name === named)?.name ?? null;
  const reached = useMemo(() => (head === null ? null : reachOf(edgesOf(graph), head)), [graph, head]);
  const traced = useMemo(
    () => (reached === null ? null : new Set([...reached].map((id) => boxed(id)))),
    [reached, boxed],
  );
  const part = parts.find(({ id }) => id === chosen) ?? null;
  const group = chosen === null ? null : (grouping.groups.get(chosen) ?? null);
  const at = part?.node === null || part === null ? -1 : graph.nodes.indexOf(part.node);
  const around = useMemo(() => (at === -1 ? [] : groupsAround(grouping, at)), [grouping, at]);
  const inside = [...grouping.hosts].filter(([, host]) => host === at).map(([own]) => graph.nodes[own]);
  const operators = graph.nodes.filter((_, at) => reached?.has(nodeId(at)) === true).length;
  const setOpen = (ids: Iterable<string>) => set({ open: [...ids] });
  const openGroups = (...ids: string[]) => setOpen(new Set([...open, ...ids]));
  const close = (id: string) => {
    set({ open: [...open].filter((each) => each !== id), part: id });
  };
  const { size: groups } = grouping.groups;
  const whole = parts.length - grouping.hosts.size;
  return (
    <>
      <div className={css['bar']}>
        <Select
          label="Trace what reaches"
          w={260}
          clearable
          placeholder="no head"
          data={graph.outputs.map(({ name }) => name)}
          value={head}
          onChange={(head) => set({ head: head ?? undefined })}
        />
        <SearchField label="Search operators and tensors" value={q} onChange={setQ} />
        {groups > 0 && (
          <span className={css['folding']}>
            <Button variant="default" disabled={open.size === 0} onClick={() => setOpen([])}>
              Close all groups
            </Button>
            <Button
              variant="default"
              disabled={open.size === groups || whole > MOST_BOXES}
              title={
                whole > MOST_BOXES
                  ? `${whole} boxes are more than the ${MOST_BOXES} drawn at once`
                  : undefined
              }
              onClick={() => setOpen(grouping.groups.keys())}
            >
              Open all groups
            </Button>
          </span>
        )}
      </div>
      <div className={css['columns']}>
        <Drawing
          {...{ graph, parts, folded, traced, found, release }}
          open={open}
          chosen={chosen === null ? null : boxed(chosen)}
          onChoose={(id) => set({ part: id ?? undefined })}
          onOpen={(id) => openGroups(id)}
        />
        <div className={css['side']} tabIndex={0} role="region" aria-label="Parts of the graph">
          <PartList
            {...{ parts, meant }}
            searched={wanted !== ''}
            groups={folded.boxes.flatMap(({ group }) => group ?? [])}
            chosen={chosen}
            onChoose={(id) => set({ part: id })}
          />
          {group !== null && (
            <GroupFacts
              {...{ graph, grouping, group }}
              isOpen={open.has(group.id)}
              onOpen={() => openGroups(group.id)}
              onClose={() => close(group.id)}
            />
          )}
          {part !== null && (
            <PartFacts
              {...{ part, graph }}
              folded={inside.map((node) => `${node?.op ?? ''} ${node?.outputs[0] ?? ''}`)}
              around={
                around.length === 0 ? null : (
                  <GroupLinks
                    groups={around}
                    isDrawn={around.every(({ id }) => open.has(id))}
                    onChoose={(id) => set({ part: id })}
                    onShow={() => openGroups(...around.map(({ id }) => id))}
                  />
                )
              }
            />
          )}
          {head !== null && <HeadReach {...{ release, head, operators }} />}
        </div>
      </div>
    </>
  );
}
