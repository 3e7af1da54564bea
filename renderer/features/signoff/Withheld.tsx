import { Mark } from '../../components/Mark.tsx';
import { UnlockForm } from '../roster/UnlockForm.tsx';
import { useReviewer } from '../review/queries.ts';
import css from './Document.module.css';

/** Says calmly that what reviewers found is kept from who reads here, why, and what ends it. */
export function Withheld({ because }: { because: string }) {
  const reviewer = useReviewer();
  return (
    <>
      <p className={css['prose']}>
        <Mark tone="unknown" shape="ring">
          Withheld from you
        </Mark>{' '}
        {because}
      </p>
      {reviewer.data === null && <UnlockForm label="Unlock a key to read it" action="Unlock" />}
    </>
  );
}
