import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { sayReady } from '../../app/print-ready.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Gates } from '../../components/Gates.tsx';
import { utcTime } from '../../components/time.ts';
import { useRelease } from '../releases/queries.ts';
import { useOverview } from '../workspace/queries.ts';
import { Article } from './Article.tsx';
import css from './Document.module.css';
import { GateChart } from './GateChart.tsx';
import { Heading, SignedBy, TheRelease } from './Parts.tsx';
import print from './RecordPrint.module.css';
import { useSignoff } from './queries.ts';
import { WhoLooked } from './WhoLooked.tsx';

const route = getRouteApi('/print/record/$digest');

/** The record on paper. */
export function RecordPrint() {
  const { digest } = route.useParams();
  const release = useRelease(digest);
  const signoff = useSignoff(digest);
  const overview = useOverview();
  const error = release.error ?? signoff.error ?? overview.error;
  const ready = release.data !== undefined && signoff.data !== undefined && overview.data !== undefined;
  useEffect(() => {
    if (ready || error !== null) void sayReady();
  }, [ready, error]);
  if (error !== null) return <ErrorState error={error} />;
  if (release.data === undefined || signoff.data === undefined) return null;
  return (
    <Paper release={release.data} signoff={signoff.data} workspace={overview.data?.workspace.name ?? ''} />
  );
}

function Paper({
  release,
  signoff,
  workspace,
}: {
  release: ReleaseDetail;
  signoff: SignoffDetail;
  workspace: string;
}) {
  const { statement } = signoff;
  return (
    <main className={print['paper']}>
      <p className={print['kind']}>Release record · {workspace} · Jurisdiction US</p>
      <Heading release={release} signoff={signoff} />
      <TheRelease release={release} signoff={signoff} />
      <Article title="On which evidence">
        <Gates gates={signoff.gates} />
        <GateChart gates={signoff.gates} />
      </Article>
      <WhoLooked signoff={signoff} />
      <SignedBy signoff={signoff} />
      {statement !== null && (
        <Article title="To verify">
          <Facts
            of={[
              [
                'Release',
                <span key="release" className="mono">
                  {release.digest}
                </span>,
              ],
              [
                'Statement',
                <span key="statement" className="mono">
                  {statement.digest}
                </span>,
              ],
              ['Frozen', utcTime(statement.frozenAt)],
              ...signoff.decisions.map(
                (decision) =>
                  [
                    `Key of ${decision.person}`,
                    <span key={decision.keyId} className="mono">
                      {decision.keyId}
                    </span>,
                  ] as const,
              ),
            ]}
          />
          <p className={css['prose']} style={{ marginTop: 12 }}>
            This paper only describes the record. What was signed is the DSSE envelope exported beside it;
            verify that file with <span className="mono">stateside record verify RECORD --roster ROSTER</span>
            , or with any tool that reads DSSE and in-toto statements.
          </p>
        </Article>
      )}
    </main>
  );
}
