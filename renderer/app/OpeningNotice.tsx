import { Loader } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { Opening } from '../../shared/contract/shell.ts';
import { useAbout } from '../features/settings/queries.ts';
import { useOverview } from '../features/workspace/queries.ts';
import { bridge } from './bridge.ts';
import css from './Frame.module.css';

/** Until the workspace answers: what is being done with it, how far that is, and that it is done once. */
export function OpeningNotice() {
  const about = useAbout();
  const overview = useOverview();
  const [told, setTold] = useState<Opening | null>(null);
  useEffect(() => bridge.on('shell:opening', setTold), []);
  if (!overview.isPending) return null;
  const opening = told ?? about.data?.opening ?? null;
  if (about.data?.founding === true)
    return (
      <Notice>
        Making the sample workspace, once: its releases are imported, replayed and signed. Pages fill when it
        is done, in about ten seconds.
      </Notice>
    );
  return opening === null ? null : (
    <Notice>
      {opening.what}, once
      {/* not read out at every step */}
      <span aria-hidden="true">{share(opening)}</span>. Pages fill when it is done. Stateside may be closed
      meanwhile: nothing is lost, and the next start goes on.
    </Notice>
  );
}

const share = ({ done, total }: Opening): string =>
  total === null || total === 0 ? '' : `: ${Math.floor((100 * done) / total)} %`;

const Notice = ({ children }: { readonly children: ReactNode }) => (
  <div className={`${css['notice']} ${css['late']}`} role="status">
    <Loader size={12} color="var(--ink-3)" aria-hidden="true" />
    <span>{children}</span>
  </div>
);
