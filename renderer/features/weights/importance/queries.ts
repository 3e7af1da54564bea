import { useMutation, useQuery } from '@tanstack/react-query';
import type { ImportanceOf } from '../../../../shared/contract/importance.ts';
import { bridge, value } from '../../../app/bridge.ts';

export const useImportance = (of: ImportanceOf) =>
  useQuery({
    queryKey: ['weights', 'importance', of],
    queryFn: () => value(bridge.weights.importance(of)),
  });

export const useMeasure = () =>
  useMutation({ mutationFn: (of: ImportanceOf) => value(bridge.weights.measureImportance(of)) });
