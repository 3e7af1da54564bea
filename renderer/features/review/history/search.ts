import { z } from 'zod';
import { DecisionFilter } from '../../../../shared/domain/review/filter.ts';
import { periodOf } from '../../audit/search.ts';

/** Text of an address; a number written there is text too. Empty text is no text. */
const Text = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => (text === '' ? undefined : text))
  .optional()
  .catch(undefined);
const Day = z.iso.date().optional().catch(undefined);

/** What narrows the history; a period is one of local days, both included. */
export const HistorySearch = z.object({
  q: Text,
  campaign: Text,
  feed: DecisionFilter.shape.feed.catch(undefined),
  request: Text,
  person: Text,
  item: Text,
  author: Text,
  policy: Text,
  action: DecisionFilter.shape.action.catch(undefined),
  verdict: Text,
  state: DecisionFilter.shape.state.catch(undefined),
  from: Day,
  until: Day,
});
export type HistorySearch = z.output<typeof HistorySearch>;

/** The same, or those chosen in that list. */
export const BulkSearch = HistorySearch.extend({ chosen: z.literal(true).optional().catch(undefined) });

/** What the service is asked for; what is left out does not matter. */
export function filterOf(search: HistorySearch): DecisionFilter {
  const {
    q: text,
    request: requestId,
    item: itemId,
    author: authorId,
    from = '',
    until = '',
    ...same
  } = search;
  const { until: to, ...begins } = periodOf({ from, until });
  const parts = { ...same, ...begins, text, requestId, itemId, authorId, to };
  return DecisionFilter.parse(
    Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)),
  );
}

/** The address of a saved filter: what `filterOf` of it gives back. */
export function searchOf({
  text,
  requestId,
  itemId,
  authorId,
  from,
  to,
  ...same
}: DecisionFilter): HistorySearch {
  return HistorySearch.parse({
    ...same,
    ...{ q: text, request: requestId, item: itemId, author: authorId },
    ...{ from: from && dayOf(from, 0), until: to && dayOf(to, -1) },
  });
}

/** The local day of an instant, so many days later. */
function dayOf(at: string, later: number): string {
  const date = new Date(at);
  date.setDate(date.getDate() + later);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
