import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { EscalationSort } from '../../../../shared/contract/review/escalations.ts';
import type { review } from '../../../../shared/contract/review.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { usePagedRows } from '../../../components/table/pages.ts';
import { filterOf, type EscalationsSearch } from './search.ts';

export function useEscalations(search: EscalationsSearch, order: { sort: EscalationSort; desc: boolean }) {
  const asked = { filter: filterOf(search), ...order };
  return usePagedRows(['review', 'escalations', asked], (offset, limit) =>
    value(bridge.review.escalations({ ...asked, offset, limit })),
  );
}

/** How many wait, whatever is listed. */
export const useOpenEscalations = () =>
  useQuery({
    queryKey: ['review', 'open escalations'],
    queryFn: () =>
      value(bridge.review.escalations({ filter: {}, sort: 'urgency', desc: false, offset: 0, limit: 1 })),
  });

export const useEscalation = (decision: string) =>
  useQuery({
    queryKey: ['review', 'escalation', decision],
    queryFn: () => value(bridge.review.escalation({ decision })),
  });

export const useMoveEscalation = () =>
  useMutation({
    mutationFn: (move: z.input<typeof review.moveEscalation.input>) =>
      value(bridge.review.moveEscalation(move)),
  });
