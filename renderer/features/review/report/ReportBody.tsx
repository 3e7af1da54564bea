import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { usePolicyTitles } from '../policies/queries.ts';
import { Agreement } from './Agreement.tsx';
import { Coverage } from './Coverage.tsx';
import { Dissent } from './Dissent.tsx';
import { Harms } from './Harms.tsx';
import { Unsettled } from './Unsettled.tsx';
import { Verdicts } from './Verdicts.tsx';

/** What a campaign found, in the window and on paper. */
export function ReportBody({ report }: { report: CampaignReport }) {
  const titles = usePolicyTitles();
  return (
    <>
      <Verdicts report={report} />
      <Dissent report={report} />
      <Harms report={report} titles={titles} />
      <Unsettled report={report} />
      <Coverage report={report} />
      <Agreement report={report} titles={titles} />
    </>
  );
}
