import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { Overview } from '../../../shared/contract/workspace.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { listOf, plural } from '../../components/number.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { SubjectName } from '../audit/SubjectName.tsx';
import { actionWords } from '../audit/words.ts';
import { releaseName } from '../releases/rows.ts';
import { MissingSteps } from '../signoff/MissingSteps.tsx';
import css from './Overview.module.css';

/** What ranks US feeds now, and who approved it. */
export function ProductionTruth({ overview: { production } }: { overview: Overview }) {
  return (
    <Truth question="Ranks US feeds now">
      {production === null ? (
        'No release of this workspace is in production.'
      ) : (
        <>
          <ReleaseLink release={production.release} />, since <TimeText at={production.since} dateOnly />,{' '}
          {production.approvedBy.length === 0
            ? 'with no recorded approval'
            : `approved by ${listOf(production.approvedBy)}`}
          .
        </>
      )}
    </Truth>
  );
}

/** What awaits a decision, and what each still lacks. */
export function AwaitingTruth({ overview }: { overview: Overview }) {
  const awaiting = overview.awaiting.toSorted((a, b) => a.missing.length - b.missing.length);
  const [first] = awaiting;
  return (
    <Truth
      question="Awaits a decision"
      action={
        first !== undefined && (
          <ButtonLink variant="filled" to="/signoff/$digest" params={{ digest: first.release.digest }}>
            Go on with {releaseName(first.release)}
          </ButtonLink>
        )
      }
    >
      {awaiting.length === 0 && 'Nothing. Every US release here is decided.'}
      {awaiting.map(({ release, missing }) => (
        <div key={release.digest} className={css['waiting']}>
          <Link to="/signoff/$digest" params={{ digest: release.digest }}>
            {releaseName(release)}
          </Link>
          {missing.length === 0 ? ' has all it needs.' : ` lacks ${plural(missing.length, 'thing')}:`}
          <MissingSteps release={release} steps={missing} className={css['detail']} />
        </div>
      ))}
    </Truth>
  );
}

/** What changed since last week. */
export function ChangesTruth({ overview: { week } }: { overview: Overview }) {
  return (
    <Truth question="Changed since last week" action={<ButtonLink to="/log">Open the log</ButtonLink>}>
      {week.entries === 0
        ? 'Nothing.'
        : `${plural(week.entries, 'entry', 'entries')} in the log${week.changes.length === 0 ? ', all of them routine.' : '; the newest that matter:'}`}
      <ul className={css['detail']}>
        {week.changes.map((entry) => (
          <li key={entry.seq}>
            <span className="quiet">
              <TimeText at={entry.at} />
            </span>{' '}
            {entry.actor} {actionWords(entry.action)} <SubjectName subject={entry.subject} linked />
          </li>
        ))}
      </ul>
    </Truth>
  );
}

function Truth({
  question,
  action,
  children,
}: {
  question: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css['truth']} aria-label={question}>
      <h2 className={css['question']}>{question}</h2>
      <div className={css['answer']}>{children}</div>
      <div>{action}</div>
    </section>
  );
}

function ReleaseLink({ release }: { release: ReleaseRow }) {
  return (
    <Link to="/releases/$digest" params={{ digest: release.digest }}>
      {releaseName(release)}
    </Link>
  );
}
