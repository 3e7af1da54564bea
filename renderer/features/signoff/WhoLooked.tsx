import { Link } from '@tanstack/react-router';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import type { Review } from '../../../shared/domain/statements/release-statement.ts';
import { plural } from '../../components/number.ts';
import { Article } from './Article.tsx';
import css from './Document.module.css';
import { predicateOf } from './statement.ts';
import { Withheld } from './Withheld.tsx';

/** Reviews of feeds, as the frozen statement holds them, and everybody who disagreed. */
export function WhoLooked({ signoff }: { signoff: SignoffDetail }) {
  const review = predicateOf(signoff.statement?.json ?? null)?.review;
  const dissent = review?.dissent ?? [];
  const refusals = signoff.decisions.filter(({ decision }) => decision === 'refuse');
  if (signoff.withheld !== null)
    return (
      <Article title="Who looked">
        <Withheld because={signoff.withheld} />
      </Article>
    );
  return (
    <Article title="Who looked">
      <Looked review={review} />
      {dissent.length + refusals.length === 0 ? (
        <p className={css['prose']}>Nobody disagreed on record.</p>
      ) : (
        <ul className={css['against']} aria-label="Who disagreed">
          {dissent.map((one) => (
            <Against key={`${one.person} ${one.at} ${one.reason}`} of={one} did="disagreed" />
          ))}
          {refusals.map((one) => (
            <Against key={`${one.keyId} ${one.at}`} of={one} did="refused" />
          ))}
        </ul>
      )}
    </Article>
  );
}

const Against = ({
  of: { person, reason },
  did,
}: {
  of: { person: string; reason: string };
  did: string;
}) => (
  <li>
    <strong>{person}</strong> {did}: {reason}
  </li>
);

/** How much of a campaign was looked at and how far its reviewers agree, with the report behind it. */
function Looked({ review }: { review: Review | undefined }) {
  const { coverage = null, agreement = null, campaign } = review ?? {};
  if (coverage === null)
    return <p className={css['prose']}>No review of feeds by people is part of this evidence.</p>;
  return (
    <p className={css['prose']}>
      {plural(coverage.reviewers, 'reviewer')} judged {coverage.reviewed} of {coverage.requests} drawn
      requests
      {agreement !== null &&
        `, with an agreement of ${agreement.value.toFixed(2)} (${agreement.low.toFixed(2)} to ${agreement.high.toFixed(2)}) by ${agreement.statistic}`}
      .
      {campaign !== undefined && (
        <>
          {' '}
          <Link to="/review/campaign/$id/report" params={{ id: campaign }}>
            The campaign’s report
          </Link>
          .
        </>
      )}
    </p>
  );
}
