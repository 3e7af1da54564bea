import { AUDIT_OUTCOMES } from '../../../../shared/domain/review/lead-audit.ts';
import type { ReviewerQuality } from '../../../../shared/domain/review/quality.ts';
import { formatCount } from '../../../components/number.ts';

type Audits = ReviewerQuality['audits'];

/** What leads found, a column for each outcome. */
export const AUDIT_COLUMNS = AUDIT_OUTCOMES.map((outcome) => ({
  name: outcome.charAt(0).toUpperCase() + outcome.slice(1),
  right: true,
  render: ({ audits }: { audits: Audits }) =>
    audits[outcome] === 0 ? <span className="quiet">0</span> : formatCount(audits[outcome]),
}));

export const auditCells = (audits: Audits): number[] => AUDIT_OUTCOMES.map((outcome) => audits[outcome]);
