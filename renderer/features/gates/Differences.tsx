import { gateDifferences, type GateWords } from '../../../shared/domain/gates/difference.ts';
import type { GateRules } from '../../../shared/domain/gates/rules.ts';
import { Mark } from '../../components/Mark.tsx';
import css from './Gates.module.css';

/** What changes between two sets of gates, gate by gate in words. */
export function Differences({ before, after }: { before: GateRules; after: GateRules }) {
  const differences = gateDifferences(before, after);
  if (differences.length === 0)
    return <p className="quiet">No gate differs; at most spelling or comments do.</p>;
  return (
    <ul className={css['differences']} aria-label="Gates that differ">
      {differences.map(({ name, before, after }) => (
        <li key={name}>
          <strong>{(after ?? before)?.title}</strong>{' '}
          <Mark
            tone={after === null ? 'fail' : 'plain'}
            shape={after === null ? 'cross' : before === null ? 'tick' : 'half'}
          >
            {after === null ? 'taken out' : before === null ? 'added' : 'changed'}
          </Mark>
          {before !== null && <Words of={before} side="before" reasoned={reasonOf(before, after)} />}
          {after !== null && <Words of={after} side="after" reasoned={reasonOf(before, after)} />}
        </li>
      ))}
    </ul>
  );
}

/** A reason that stays is not told twice. */
const reasonOf = (before: GateWords | null, after: GateWords | null): boolean =>
  before?.reason !== after?.reason;

function Words({
  of: { rule, required, reason, owner },
  side,
  reasoned,
}: {
  of: GateWords;
  side: 'before' | 'after';
  reasoned: boolean;
}) {
  return (
    <p className={css[side]}>
      <span className="visually-hidden">{side}: </span>
      {rule}; {required ? 'required' : 'advisory'}
      {owner === null ? '' : `; owner ${owner}`}.{reasoned && <span className="quiet"> {reason}</span>}
    </p>
  );
}
