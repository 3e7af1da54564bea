import { useMutation, useQuery } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';
import { usePagedRows } from '../../components/table/pages.ts';

export const useLogEntries = (search: string) =>
  usePagedRows(['audit', 'entries', search], (offset, limit) =>
    value(bridge.audit.entries({ offset, limit, search })),
  );

export const useCheckpoint = () =>
  useQuery({ queryKey: ['audit', 'checkpoint'], queryFn: () => value(bridge.audit.checkpoint()) });

export const useVerifyLog = () => useMutation({ mutationFn: () => value(bridge.audit.verify()) });
