import { getRouteApi } from '@tanstack/react-router';
import { useSubject } from '../../../app/place.ts';
import { Digest } from '../../../components/Digest.tsx';
import { ExportSource } from '../../../components/export/source.ts';
import { SavePdf } from '../../../components/export/SavePdf.tsx';
import { LoadedPage } from '../../../components/LoadedPage.tsx';
import { plural } from '../../../components/number.ts';
import { Page } from '../../../components/Page.tsx';
import { Ranker } from '../../../components/Ranker.tsx';
import { useCampaigns, useReport } from '../queries.ts';
import { ReviewTabs } from '../ReviewTabs.tsx';
import { ReportBody } from './ReportBody.tsx';
import { sourceOf } from './report-tables.ts';

const route = getRouteApi('/frame/review/campaign/$id/report');

/** What a campaign found, for the person who approves its release. */
export function ReportPage() {
  const { id } = route.useParams();
  const query = useReport(id);
  const campaign = useCampaigns().data?.find((campaign) => campaign.id === id);
  useSubject(query.data?.report.name);
  return (
    <LoadedPage title="Report of a campaign" query={query}>
      {({ report, digest }) => (
        <Page
          title={`Report of ${report.name}`}
          lead={
            <>
              {campaign !== undefined && <Ranker side="candidate" ranker={campaign.release} named />}
              {campaign !== undefined && <Ranker side="baseline" ranker={campaign.baseline} named />}
              <span>{report.mode === 'blind' ? 'judged blind' : 'judged openly'}</span>
              <span>{plural(report.decisions, 'decision')} in force</span>
              <span>
                report <Digest of={digest} />
              </span>
            </>
          }
          actions={<SavePdf name={`review ${report.name}`} route={`/print/review/${id}`} />}
        >
          <ReviewTabs />
          <ExportSource value={sourceOf(report, digest)}>
            <ReportBody report={report} />
          </ExportSource>
        </Page>
      )}
    </LoadedPage>
  );
}
