import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { sayReady } from '../../../app/print-ready.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ExportSource } from '../../../components/export/source.ts';
import { Facts } from '../../../components/Facts.tsx';
import { plural } from '../../../components/number.ts';
import css from '../../../components/Paper.module.css';
import { rankerName } from '../../../components/ranker-name.ts';
import { Section } from '../../../components/Section.tsx';
import { utcTime } from '../../../components/time.ts';
import { useCampaigns, useReport } from '../queries.ts';
import { usePolicyTitles } from '../policies/queries.ts';
import { ReportBody } from './ReportBody.tsx';
import { sourceOf } from './report-tables.ts';

const route = getRouteApi('/print/review/$id');

/** A campaign's report on paper. */
export function ReportPrint() {
  const { id } = route.useParams();
  const report = useReport(id);
  const campaigns = useCampaigns();
  const titles = usePolicyTitles();
  const error = report.error ?? campaigns.error;
  const campaign = campaigns.data?.find((campaign) => campaign.id === id);
  const whole = report.data !== undefined && campaign !== undefined && titles.size > 0;
  useEffect(() => {
    if (whole || error !== null) void sayReady();
  }, [whole, error]);
  if (error !== null) return <ErrorState error={error} />;
  if (report.data === undefined || campaign === undefined) return null;
  const { report: found, digest } = report.data;
  return (
    <main className={css['paper']}>
      <p className="quiet">Report of a review campaign · Jurisdiction US</p>
      <h1 className={css['title']}>{found.name}</h1>
      <ExportSource value={sourceOf(found, digest)}>
        <Section title="What was judged">
          <Facts
            of={[
              ['Candidate', `${rankerName(campaign.release)}, ${campaign.release.digest}`],
              ['Baseline', `${rankerName(campaign.baseline)}, ${campaign.baseline.digest}`],
              ['Snapshot', campaign.snapshot],
              ['Policies', campaign.policies],
              ['Shown', found.mode === 'blind' ? 'both feeds, names hidden' : 'the feed of the candidate'],
              ['People per feed', String(campaign.reviewersPerFeed)],
              ['Begun', `${utcTime(campaign.createdAt)} by ${campaign.createdBy}`],
              ['Due', campaign.due ?? 'no date'],
              ['Decisions in force', plural(found.decisions, 'decision')],
              ['Campaign', found.campaign],
              ['Report digest', digest],
            ]}
          />
        </Section>
        <ReportBody report={found} />
      </ExportSource>
    </main>
  );
}
