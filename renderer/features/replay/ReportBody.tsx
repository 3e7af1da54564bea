import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { Attribution } from './attribution/Attribution.tsx';
import { Differences } from './Differences.tsx';
import { Exposure } from './exposure/Exposure.tsx';
import { Kinds } from './exposure/Kinds.tsx';
import { Heads } from './heads/Heads.tsx';
import { OffPolicy } from './off-policy/OffPolicy.tsx';
import { isEstimate } from './off-policy/table.ts';
import { Slices } from './slices/Slices.tsx';

/** What a report measured, in the window and on paper: everything after the verdicts. */
export function ReportBody({ report, paper = false }: { report: ReplayReport; paper?: boolean }) {
  const { measures, heads = [], slices = [], attribution = [], offPolicy = [], settings } = report;
  return (
    <>
      <Differences measures={measures.filter((measure) => !isEstimate(measure))} />
      <Slices tables={slices} measures={measures} topK={settings.topK} paper={paper} />
      <Attribution changes={attribution} measures={measures} />
      <OffPolicy signals={offPolicy} measures={measures} />
      <Exposure measures={measures} />
      <Kinds measures={measures} />
      <Heads heads={heads} measures={measures} />
    </>
  );
}
