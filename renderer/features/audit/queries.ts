import { useMutation, useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';
import { usePagedRows } from '../../components/table/pages.ts';
import { periodOf, type LogSearch } from './search.ts';

export function useLogEntries({ q: search, actor, action, ...days }: LogSearch) {
  const filter = {
    search,
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...periodOf(days),
  };
  return usePagedRows(['audit', 'entries', filter], (offset, limit) =>
    value(bridge.audit.entries({ offset, limit, ...filter })),
  );
}

export const useFacets = () =>
  useQuery({ queryKey: ['audit', 'facets'], queryFn: () => value(bridge.audit.facets()) });

export const useCheckpoint = () =>
  useQuery({ queryKey: ['audit', 'checkpoint'], queryFn: () => value(bridge.audit.checkpoint()) });

export const useVerifyLog = () => useMutation({ mutationFn: () => value(bridge.audit.verify()) });

export const useProof = (seq: number) =>
  useQuery({
    queryKey: ['audit', 'prove', seq],
    queryFn: () => value(bridge.audit.prove({ seq })),
    gcTime: 0,
  });

export const useTexts = (seq: number) =>
  useQuery({ queryKey: ['audit', 'texts', seq], queryFn: () => value(bridge.audit.texts({ seq })) });

export const useRedact = () =>
  useMutation({
    mutationFn: (input: { seq: number; name: string; because: string }) => value(bridge.audit.redact(input)),
  });

export const useWitnesses = () =>
  useQuery({ queryKey: ['audit', 'witnesses'], queryFn: () => value(bridge.audit.witnesses()) });

export const useImportWitness = () =>
  useMutation({
    mutationFn: (input: { path: string; keptBy: string }) => value(bridge.audit.witness(input)),
  });
