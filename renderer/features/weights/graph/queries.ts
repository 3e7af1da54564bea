import { useQuery } from '@tanstack/react-query';
import type { FoldedGraph } from '../../../../shared/domain/weights/graph-folding.ts';
import { bridge, value } from '../../../app/bridge.ts';

export const useModelGraph = (release: string) =>
  useQuery({
    queryKey: ['weights', 'modelGraph', release],
    queryFn: () => value(bridge.weights.modelGraph({ release })),
    staleTime: Infinity,
  });

export const layoutKey = (key: string) => ['weights', 'layout', key];

/** Where the boxes of a folded graph stand; leaving, opening something else or `cancelQueries` stops the work. */
export const useLayout = (key: string, { boxes, edges }: FoldedGraph) =>
  useQuery({
    queryKey: layoutKey(key),
    queryFn: async ({ signal }) => {
      const id = crypto.randomUUID();
      const cancel = () => void bridge.weights.cancelLayout({ id });
      signal.addEventListener('abort', cancel);
      const numbers = new Map(boxes.map((box, at) => [box.id, at]));
      const ends = edges.map(({ from, to }): [number, number] => [
        numbers.get(from) ?? 0,
        numbers.get(to) ?? 0,
      ]);
      try {
        return await value(bridge.weights.layout({ id, boxes: boxes.length, edges: ends }));
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    staleTime: Infinity,
    retry: false,
  });

export const useFeatureReach = (release: string, output: string) =>
  useQuery({
    queryKey: ['weights', 'featureReach', release, output],
    queryFn: () => value(bridge.weights.featureReach({ release, output })),
  });
