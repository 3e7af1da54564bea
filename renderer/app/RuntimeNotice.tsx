import { IconInfoCircle } from '@tabler/icons-react';
import { useAbout } from '../features/settings/queries.ts';
import css from './Frame.module.css';

/** Quietly says when the runtime is for trying out only. */
export function RuntimeNotice() {
  const { data } = useAbout();
  if (data === undefined || data.runtimeNotice === null) return null;
  return (
    <div className={css['notice']} role="note">
      <IconInfoCircle size={14} aria-hidden="true" />
      <span>{data.runtimeNotice}</span>
    </div>
  );
}
