import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { utcTime } from '../../../components/time.ts';
import css from './Changes.module.css';
import { Paper } from './Paper.tsx';
import { useChanges } from './queries.ts';

const route = getRouteApi('/print/changes/$before/$after');

/** The changes on paper. `body[data-ready]` says that they are drawn whole. */
export function ChangesPrint() {
  const { data: view, error } = useChanges(route.useParams());
  const ready = error !== null || view !== undefined;
  useEffect(() => {
    if (ready) void document.fonts.ready.then(() => (document.body.dataset['ready'] = 'true'));
  }, [ready]);
  if (error !== null) return <ErrorState error={error} />;
  if (view === undefined || view.compared === null) return null;
  const { before, after, compared } = view;
  return (
    <main className={css['print']}>
      <h1>
        Changes of {after.name} {after.version} against {before.version}
      </h1>
      <Facts
        of={[
          ['Before', <Whole key="before" digest={before.digest} />],
          ['After', <Whole key="after" digest={after.digest} />],
          ['Document', <Whole key="document" digest={compared.digest} />],
          ['Compared', utcTime(compared.at)],
        ]}
      />
      <Paper compared={compared} />
      <p className={css['none']}>
        This paper shows the document of that SHA-256. Whoever holds both bundles makes the same bytes with{' '}
        <span className="mono">stateside --json release diff BEFORE AFTER</span>.
      </p>
    </main>
  );
}

const Whole = ({ digest }: { digest: string }) => <span className="mono">{digest}</span>;
