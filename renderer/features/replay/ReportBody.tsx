import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { Differences } from './Differences.tsx';
import { Heads } from './heads/Heads.tsx';

/** What a report measured, in the window and on paper: everything after the verdicts. */
export function ReportBody({ report }: { report: ReplayReport }) {
  return (
    <>
      <Differences measures={report.measures} />
      <Heads heads={report.heads ?? []} measures={report.measures} />
    </>
  );
}
