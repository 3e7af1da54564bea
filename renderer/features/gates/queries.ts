import { useMutation, useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';

export const useGates = () =>
  useQuery({
    queryKey: ['gates', 'inForce'],
    queryFn: () => value(bridge.gates.inForce()),
    // the file may have been changed by hand meanwhile
    staleTime: 0,
    refetchOnWindowFocus: true,
  });

export const useChange = () =>
  useMutation({
    mutationFn: (input: { text: string; reason: string; replaces: string }) =>
      value(bridge.gates.change(input)),
  });
