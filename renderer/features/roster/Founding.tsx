import { useState } from 'react';
import { FIRST_THRESHOLDS } from '../../../shared/domain/roster/roster.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Section } from '../../components/Section.tsx';
import { ChangeDialog, type Asked } from './ChangeDialog.tsx';
import { NextVersion } from './NextVersion.tsx';
import { useHeldKeys } from './queries.ts';
import css from './Roster.module.css';
import type { RosterSoFar } from './roster-so-far.ts';

/** The first roster of a workspace: who is on it, signed by its own roots, pinned by a number that is read aloud. */
export function Founding({ workspace }: { workspace: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const keys = useHeldKeys();
  const nobody: RosterSoFar = {
    version: 0,
    digest: `before the first of ${workspace}`,
    people: [],
    thresholds: FIRST_THRESHOLDS,
  };
  return (
    <>
      <p className={css['intro']}>
        Nobody can sign here yet. The first roster names the people of the US organisation and, where their
        releases are to be recognised, of the global one; it says how many must sign; and its own roots sign
        it. Everything later is trusted because it continues from it, so take the time: it is one sitting, at
        one machine or at several.
      </p>
      <Section title="1. A key for everybody who signs" note="Each made on the machine of whose it is">
        <p className={css['intro']}>
          {keys.data === undefined || keys.data.length === 0
            ? 'This workspace holds no key yet. '
            : `This workspace holds ${keys.data.length === 1 ? 'one key' : `${keys.data.length} keys`}. `}
          Whoever works at another machine makes the key there, in a workspace of their own, and gives you its
          public half.
        </p>
        <div className={css['row']}>
          <ButtonLink to="/signoff/keys">Make or restore keys…</ButtonLink>
        </div>
      </Section>
      <Section
        title="2. People, roles and how many must sign"
        note={`${FIRST_THRESHOLDS.approver} approvers and ${FIRST_THRESHOLDS.root} roots until you change it`}
      >
        <p className={css['intro']}>
          Roots sign rosters, approvers sign releases, reviewers judge feeds. List more roots and approvers
          than must sign, so that one may leave. A draft or a finished roster from another machine opens here
          too; then its roots sign, one after another, and the number is compared.
        </p>
        <NextVersion roster={nobody} onAsk={setAsked} />
      </Section>
      <ChangeDialog roster={nobody} asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
