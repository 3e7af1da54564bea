import { Loader } from '@mantine/core';
import { useAbout } from '../features/settings/queries.ts';
import { useOverview } from '../features/workspace/queries.ts';
import css from './Frame.module.css';

/** At the first start, until the workspace answers: what is being done, and that it is done once. */
export function FoundingNotice() {
  const about = useAbout();
  const overview = useOverview();
  if (about.data?.founding !== true || !overview.isPending) return null;
  return (
    <div className={css['notice']} role="status">
      <Loader size={12} color="var(--ink-3)" aria-hidden="true" />
      <span>
        Making the sample workspace, once: its releases are imported, replayed and signed. Pages fill when it
        is done, in about ten seconds.
      </span>
    </div>
  );
}
