import { z } from 'zod';
import { EscalationFilter } from '../../../../shared/contract/review/escalations.ts';
import { ReportState } from '../../../../shared/domain/review/report-state.ts';
import { nextDay, periodOf } from '../../audit/search.ts';

const Text = z.string().optional().catch(undefined);
const Day = z.iso.date().optional().catch(undefined);

/** Whose escalations: one person's, or those nobody owns. */
export const NOBODY = 'nobody';

/** Which escalations are listed: of one campaign, state or owner, raised or due in a period of days, with words. */
export const EscalationsSearch = z.object({
  q: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  campaign: Text,
  owner: Text,
  show: z
    .enum(['not closed', 'all', ...ReportState.options])
    .default('not closed')
    .catch('not closed'),
  from: Day,
  until: Day,
  dueFrom: Day,
  dueUntil: Day,
});
export type EscalationsSearch = z.output<typeof EscalationsSearch>;

/** What the service is asked for; a period is one of local days, both included. */
export function filterOf(search: EscalationsSearch): EscalationFilter {
  const { q, campaign, owner, show, from = '', until = '', dueFrom, dueUntil } = search;
  const raised = periodOf({ from, until });
  const parts = {
    ...{ campaign, text: q === '' ? undefined : q, state: show === 'all' ? undefined : show },
    ...{ owner: owner === NOBODY ? '' : owner, raisedFrom: raised.from, raisedTo: raised.until },
    ...{ dueFrom, dueTo: dueUntil === undefined ? undefined : nextDay(dueUntil) },
  };
  return EscalationFilter.parse(
    Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)),
  );
}
