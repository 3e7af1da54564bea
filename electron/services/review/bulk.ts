import { randomBytes } from 'node:crypto';
import type { BatchRow, BulkInput, BulkPreview } from '../../../shared/contract/review/bulk.ts';
import type { HistoryRow } from '../../../shared/contract/review/history.ts';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import type { ItemRuling } from '../../../shared/domain/review/decision.ts';
import { getBatch, insertBatch, listBatches } from '../../database/review/batches.ts';
import { getDecision, reversalsOf } from '../../database/review/decisions.ts';
import {
  changeableIds,
  chosenRows,
  countDecisions,
  COUNTED,
  historyPage,
} from '../../database/review/history.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import type { Part, ReviewContext } from './context.ts';
import { replace, requireSuits } from './decide.ts';

const SAMPLE = 200;

/** Rules on many items at once: previewed, applied in one step with one log entry, and taken back in another. */
export function bulkService({
  workspace: { db },
  log,
  session,
  now,
  decided,
}: Pick<ReviewContext, 'workspace' | 'log' | 'session' | 'now' | 'decided'>): Part<
  'changeable' | 'previewBulk' | 'applyBulk' | 'undoBatch' | 'batches'
> {
  const newId = (): string => randomBytes(8).toString('hex');

  /** The decisions asked for: those a filter finds, or those that were chosen. */
  function asked(input: BulkInput, person: string): HistoryRow[] {
    if ('decisions' in input) return chosenRows(db, input.decisions);
    const own = { ...input.filter, person, state: 'in force' as const };
    if (countDecisions(db, own, person) > COUNTED)
      throw refused(`The filter finds more than ${COUNTED} decisions; narrow it.`);
    const left = new Set(input.except);
    return historyPage(db, own, person, COUNTED, 0).filter(
      ({ id, ruling }) => ruling.kind === 'item' && !left.has(id),
    );
  }

  /** Of the decisions asked for the person's own, on items and in force, and what would come of each. */
  function plan(input: BulkInput, person: string) {
    const { ruling } = input;
    const rows = asked(input, person);
    const found = rows.filter(
      (row) => row.person === person && row.ruling.kind === 'item' && row.reversedBy === null,
    );
    const aside = 'decisions' in input ? new Set(input.decisions).size - found.length : 0;
    const changes = found.flatMap((row) => {
      const now = newRuling(row, ruling);
      return now === null || canonicalDigest(now) === canonicalDigest(row.ruling)
        ? []
        : [{ row, ruling: now }];
    });
    const digest = canonicalDigest({ decisions: changes.map(({ row }) => row.id), ruling });
    return { changes, unchanged: found.length - changes.length, aside, digest };
  }

  return {
    async changeable({ filter, offset, limit }) {
      const { person } = session.requireReviewer();
      return changeableIds(db, filter, person, limit, offset, session.reader);
    },

    async previewBulk(input) {
      const { changes, unchanged, aside, digest } = plan(input, session.requireReviewer().person);
      const preview: BulkPreview = {
        ...{ digest, decisions: changes.length, unchanged, aside },
        refused: changes.flatMap(({ row, ruling }) => {
          const because = whyNot(() => requireSuits(db, row.campaign, ruling));
          return because === null ? [] : [{ decision: row.id, itemId: ruling.itemId, because }];
        }),
        sample: changes.slice(0, SAMPLE).map(({ row }) => row),
      };
      return preview;
    },

    async applyBulk({ digest, title, change }) {
      const by = session.requireReviewer();
      const at = now();
      const id = newId();
      const batch = db
        .transaction(() => {
          const { changes, digest: found } = plan(change, by.person);
          if (found !== digest)
            throw new StatesideError(
              'conflict',
              'What would change is not what the preview showed; look at the preview again.',
            );
          if (changes.length === 0)
            throw refused('There is nothing to change; find or choose other decisions.');
          const decisions = changes.map(({ row, ruling }) => replace(db, row.id, ruling, by, at).id);
          return keep({ id, person: by.person, at, title, decisions, undoes: null }, by.keyId);
        })
        .immediate();
      decided();
      return batch;
    },

    async undoBatch({ batch: undone }) {
      const by = session.requireReviewer();
      const at = now();
      const batch = db
        .transaction(() => {
          const { ids, title, undoneBy, person } = getBatch(db, undone);
          if (person !== by.person) throw refused(`The batch is ${person}'s; only they take it back.`);
          if (undoneBy !== null) throw new StatesideError('conflict', `“${title}” was taken back already.`);
          const decisions = ids
            .filter((id) => reversalsOf(db, id).length === 0)
            .map((id) => {
              const { ruling } = getDecision(db, getDecision(db, id).reverses ?? id);
              return replace(db, id, ruling, by, at).id;
            });
          const taken = { id: newId(), person: by.person, at, title: `Taken back: ${title}`, decisions };
          return keep({ ...taken, undoes: undone }, by.keyId);
        })
        .immediate();
      decided();
      return batch;
    },

    batches: async () => listBatches(db, session.reader),
  };

  function keep(batch: Parameters<typeof insertBatch>[1], keyId: string): BatchRow {
    insertBatch(db, batch);
    const { id, person, at, title, decisions, undoes } = batch;
    const body = { decisions: [...decisions], undoes, keyId };
    log.append({ at, actor: person, action: 'review.bulk', subject: id, body, texts: { title } });
    return { ...{ id, person, at, title, undoes, undoneBy: null }, decisions: decisions.length };
  }
}

function newRuling(row: HistoryRow, change: BulkInput['ruling']): ItemRuling | null {
  if (row.ruling.kind !== 'item') return null;
  const { itemId, revealed, uncovered } = row.ruling;
  return { kind: 'item', itemId, revealed, ...(uncovered === undefined ? {} : { uncovered }), ...change };
}

function whyNot(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof StatesideError) return error.message;
    throw error;
  }
}
