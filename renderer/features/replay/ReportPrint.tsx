import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { sayReady } from '../../app/print-ready.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ExportSource } from '../../components/export/source.ts';
import { Facts } from '../../components/Facts.tsx';
import { Gates } from '../../components/Gates.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { shrinkToWidth } from '../../components/export/shrink.ts';
import css from '../../components/Paper.module.css';
import { rankerName } from '../../components/ranker-name.ts';
import { Section } from '../../components/Section.tsx';
import { utcTime } from '../../components/time.ts';
import { sourceOf } from './exports.ts';
import { GateTally } from './GateTally.tsx';
import { useReplay } from './queries.ts';
import { ReportBody } from './ReportBody.tsx';
import own from './ReportPrint.module.css';

const route = getRouteApi('/print/replay/$id');

/** A replay's report on paper. */
export function ReportPrint() {
  const { id } = route.useParams();
  const { data: replay, error } = useReplay(id);
  const paper = useRef<HTMLElement>(null);
  useEffect(() => {
    if (replay === undefined && error === null) return;
    if (paper.current !== null) shrinkToWidth(paper.current);
    void sayReady();
  }, [replay, error]);
  if (error !== null) return <ErrorState error={error} />;
  if (replay === undefined) return null;
  return (
    <main ref={paper} className={`${css['paper']} ${own['wide']}`}>
      <Paper replay={replay} />
    </main>
  );
}

function Paper({ replay }: { replay: ReplayDetail }) {
  const { report } = replay;
  if (report === null) return <p>This replay holds no report.</p>;
  return (
    <>
      <p className="quiet">Replay report · Jurisdiction {report.snapshot.jurisdiction}</p>
      <h1 className={css['title']}>
        {rankerName(replay.candidate)} against {rankerName(replay.baseline)}
      </h1>
      <ExportSource value={sourceOf(replay, report)}>
        <Section title="Gates" note={<GateTally gates={replay.gates} />}>
          <Gates gates={replay.gates} />
        </Section>
        <Section title="What was replayed">
          <Facts of={factsOf(replay, report)} />
        </Section>
        <ReportBody report={report} paper />
      </ExportSource>
    </>
  );
}

function factsOf(replay: ReplayDetail, report: ReplayReport): [string, string][] {
  const { settings, snapshot, baseline, candidate } = report;
  const drawn =
    settings.limit === null ? 'all of the snapshot' : `at most ${formatCount(settings.limit)}, drawn`;
  return [
    [
      'Requests',
      `${plural(report.requests, 'request')}, ${drawn}; ${formatCount(report.candidates)} candidates`,
    ],
    ['Settings', `seed ${settings.seed}, ${settings.topK} items per feed`],
    ['Snapshot', `${snapshot.name}, made ${utcTime(snapshot.created_at)}`],
    ['Snapshot digest', snapshot.digest],
    ['Baseline', `${rankerName(baseline)}, team ${baseline.team}`],
    ['Baseline digest', baseline.digest],
    ['Candidate', `${rankerName(candidate)}, team ${candidate.team}`],
    ['Candidate digest', candidate.digest],
    ['Started', utcTime(replay.createdAt)],
    ['Stateside', report.stateside],
    ['Outcomes digest', report.outcomesDigest],
    ['Report digest', replay.reportDigest ?? ''],
  ];
}
