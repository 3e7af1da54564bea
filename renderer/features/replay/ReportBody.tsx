import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { Differences } from './Differences.tsx';
import { Exposure } from './exposure/Exposure.tsx';
import { Heads } from './heads/Heads.tsx';

/** What a report measured, in the window and on paper: everything after the verdicts. */
export function ReportBody({ report }: { report: ReplayReport }) {
  const { measures, heads = [] } = report;
  return (
    <>
      <Differences measures={measures} />
      <Exposure measures={measures} />
      <Heads heads={heads} measures={measures} />
    </>
  );
}
