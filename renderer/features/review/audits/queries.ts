import { useMutation, useQuery } from '@tanstack/react-query';
import type { AuditOutcome } from '../../../../shared/domain/review/lead-audit.ts';
import { bridge, value } from '../../../app/bridge.ts';

/** What is drawn of a campaign's decisions that no lead has looked at. */
export interface Draw {
  readonly campaign: string;
  readonly count: number;
  readonly seed: number;
}

/** Draws once; who audits one of them still has the others before them. */
export const useDraw = () =>
  useMutation({ mutationFn: (draw: Draw) => value(bridge.review.auditSample(draw)) });

export const useLeadAudits = (campaign: string) =>
  useQuery({
    queryKey: ['review', 'lead audits', campaign],
    queryFn: () => value(bridge.review.leadAudits({ campaign })),
  });

export const useAudit = () =>
  useMutation({
    mutationFn: (input: { decision: string; outcome: AuditOutcome; note: string }) =>
      value(bridge.review.auditDecision(input)),
  });
