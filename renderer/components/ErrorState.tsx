import { Button } from '@mantine/core';
import type { ErrorCode, StatesideError } from '../../shared/domain/error.ts';
import { Mark } from './Mark.tsx';
import css from './States.module.css';

const TITLES: Record<ErrorCode, string> = {
  usage: 'This cannot be asked that way',
  bad_input: 'Stateside could not use this',
  not_found: 'Not found',
  refused: 'Refused',
  conflict: 'Changed meanwhile',
  newer_file: 'Made by a newer Stateside',
  failed_check: 'A check failed',
  cancelled: 'Cancelled',
  internal: 'Something in Stateside broke',
};

/** What happened, where, and what to do; the sentence comes from where it failed. */
export function ErrorState({ error, retry }: { error: StatesideError; retry?: () => void }) {
  return (
    <div className={`${css['state']} ${css['error']}`} role="alert">
      <Mark tone="fail" shape="cross">
        {TITLES[error.code]}
      </Mark>
      <p className={css['text']}>{error.message}</p>
      {retry !== undefined && (
        <div className={css['actions']}>
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
