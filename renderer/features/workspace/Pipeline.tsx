import { Link } from '@tanstack/react-router';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { ReleaseStateMark } from '../releases/ReleaseStateMark.tsx';
import { releaseName } from '../releases/rows.ts';
import css from './Overview.module.css';

/** States that are shown even where no release is in them. */
const PATH: ReadonlySet<ReleaseState> = new Set(['draft', 'in review', 'approved', 'in production']);

/** The releases, one column per state, in the order a release goes through them. */
export function Pipeline({ releases }: { releases: readonly ReleaseRow[] }) {
  return (
    <div className={css['pipeline']}>
      {ReleaseState.options.map((state) => {
        const inState = releases.filter((release) => release.state === state);
        if (inState.length === 0 && !PATH.has(state)) return null;
        return (
          <div key={state} className={css['stage']}>
            <h3 className={css['stageHead']}>
              <ReleaseStateMark state={state} />
              <span className="quiet">{inState.length}</span>
            </h3>
            {inState.length === 0 ? (
              <p className={css['none']}>None</p>
            ) : (
              <ul className={css['cards']}>
                {inState.map((release) => (
                  <li key={release.digest}>
                    <Link className={css['card']} to="/releases/$digest" params={{ digest: release.digest }}>
                      <strong className="truncate" title={releaseName(release)}>
                        {releaseName(release)}
                      </strong>
                      <span className="quiet">
                        {release.manifest.team === 'us' ? 'US team' : 'Global team'} ·{' '}
                        <TimeText at={release.importedAt} dateOnly />
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </div>
  );
}
