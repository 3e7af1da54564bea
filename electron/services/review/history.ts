import { notFound } from '../../../shared/domain/error.ts';
import { dropFilter, filtersOf, putFilter } from '../../database/review/desk.ts';
import { COUNTED, countDecisions, historyPage } from '../../database/review/history.ts';
import type { Part, ReviewContext } from './context.ts';

/** Every decision that the person may read, by item, author, feed, reviewer, policy and words; and the filters a person keeps. */
export function historyService({
  workspace: { db },
  session,
  changed,
}: ReviewContext): Part<'history' | 'filters' | 'saveFilter' | 'removeFilter'> {
  return {
    async history({ filter, offset, limit }) {
      const total = countDecisions(db, filter, session.reader);
      return {
        ...{ total: Math.min(total, COUNTED), more: total > COUNTED, offset },
        rows: historyPage(db, filter, session.reader, limit, offset),
      };
    },
    filters: async () => (session.reviewer === null ? [] : filtersOf(db, session.reviewer.person)),
    async saveFilter(filter) {
      const { person } = session.require().reviewer;
      db.transaction(() => putFilter(db, person, filter)).immediate();
      changed('review');
      return filtersOf(db, person);
    },
    async removeFilter({ id }) {
      const { person } = session.require().reviewer;
      if (!dropFilter(db, person, id)) throw notFound('The filter is gone already; read the list again.');
      changed('review');
      return filtersOf(db, person);
    },
  };
}
