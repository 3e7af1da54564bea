import { useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../../app/bridge.ts';

export const useDrawing = (release: string) =>
  useQuery({
    queryKey: ['weights', 'drawing', release],
    queryFn: () => value(bridge.weights.drawing({ release })),
  });

export const useFeatureReach = (release: string, output: string) =>
  useQuery({
    queryKey: ['weights', 'featureReach', release, output],
    queryFn: () => value(bridge.weights.featureReach({ release, output })),
  });
