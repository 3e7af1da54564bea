import { useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';

export const useOverview = () =>
  useQuery({ queryKey: ['workspace', 'overview'], queryFn: () => value(bridge.workspace.overview()) });
