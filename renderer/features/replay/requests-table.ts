import type { RequestQuery, RequestRow } from '../../../shared/contract/replay.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { bridge, value } from '../../app/bridge.ts';
import { formatCount } from '../../components/number.ts';
import type { ExportTable } from '../../components/export/table.ts';

const PAGE = 500;
/** More than anybody reads; the report file of the command line holds all. */
const MOST = 20_000;

/** The requests that a list shows, all its pages. Throws `refused` where there are more than can be saved from a window. */
export async function requestsTable(query: Omit<RequestQuery, 'offset' | 'limit'>): Promise<ExportTable> {
  const rows: RequestRow[] = [];
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const page = await value(bridge.replay.requests({ ...query, offset, limit: PAGE }));
    total = page.total;
    if (total > MOST)
      throw new StatesideError(
        'refused',
        `${formatCount(total)} requests match, and ${formatCount(MOST)} can be saved; narrow the search, or take all from the file that "stateside replay --out" writes.`,
      );
    rows.push(...page.rows);
  }
  return {
    columns: [
      ...['request', 'user', 'asked at', 'candidates', 'rank-biased overlap', 'overlap', 'largest move'],
      ...['first item changed', 'nDCG baseline', 'nDCG candidate', 'labelled baseline', 'labelled candidate'],
    ],
    rows: rows.map((row) => [
      row.requestId,
      row.userId,
      row.requestedAt,
      row.candidates,
      row.rbo,
      row.overlap,
      row.largestMove,
      row.firstChanged ? 'yes' : 'no',
      row.ndcg?.baseline ?? null,
      row.ndcg?.candidate ?? null,
      row.labelled.baseline,
      row.labelled.candidate,
    ]),
  };
}
