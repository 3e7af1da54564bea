import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FoldedGraph } from '../../../../shared/domain/weights/graph-folding.ts';
import type { GraphLayout } from '../../../../shared/domain/weights/graph-drawing.ts';
import type { ModelGraph } from '../../../../shared/domain/weights/graph.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatCount } from '../../../components/number.ts';
import css from './Graph.module.css';
import { GraphCanvas } from './GraphCanvas.tsx';
import { boxesOf, shapesOf, type Part } from './parts.ts';
import { layoutKey, useLayout } from './queries.ts';

interface Drawn {
  readonly folded: FoldedGraph;
  readonly layout: GraphLayout;
}

/** The graph as it is folded. While it is laid out anew, the drawing before stays, and the work can be cancelled. */
export function Drawing({
  graph,
  parts,
  folded,
  open,
  release,
  ...shown
}: {
  graph: ModelGraph;
  parts: readonly Part[];
  folded: FoldedGraph;
  open: ReadonlySet<string>;
  release: string;
  traced: ReadonlySet<string> | null;
  found: ReadonlySet<string>;
  chosen: string | null;
  onChoose: (id: string | null) => void;
  onOpen: (group: string) => void;
}) {
  const client = useQueryClient();
  const key = `${release} ${[...open].toSorted().join(' ')}`;
  const layout = useLayout(key, folded);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  if (layout.data !== undefined && (drawn?.layout !== layout.data || drawn.folded !== folded))
    setDrawn({ folded, layout: layout.data });
  const byId = useMemo(() => new Map(parts.map((part) => [part.id, part])), [parts]);
  const shapes = useMemo(() => shapesOf(graph), [graph]);
  const boxes = useMemo(
    () => (drawn === null ? [] : boxesOf(drawn.folded, drawn.layout, byId, shapes)),
    [drawn, byId, shapes],
  );
  if (layout.error !== null) return <ErrorState error={layout.error} retry={() => void layout.refetch()} />;
  if (layout.fetchStatus === 'idle' && layout.data === undefined)
    return (
      <EmptyState
        title="The drawing was cancelled"
        action={
          <Button variant="default" onClick={() => void layout.refetch()}>
            Draw the graph
          </Button>
        }
      >
        {formatCount(folded.boxes.length)} boxes are laid out; with fewer groups open there are fewer.
      </EmptyState>
    );
  return (
    <div className={css['stage']}>
      {drawn !== null && (
        <GraphCanvas {...shown} boxes={boxes} edges={drawn.folded.edges} size={drawn.layout} />
      )}
      {layout.data === undefined && (
        <div className={css['laying']} role="status">
          Laying out {formatCount(folded.boxes.length)} boxes and {formatCount(folded.edges.length)} edges…
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => void client.cancelQueries({ queryKey: layoutKey(key) })}
          >
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
}
