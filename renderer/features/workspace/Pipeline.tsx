import { Link } from '@tanstack/react-router';
import { ReleaseState, type ReleaseRow } from '../../../shared/contract/releases.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { ReleaseStateMark } from '../releases/ReleaseStateMark.tsx';
import { releaseName } from '../releases/rows.ts';
import css from './Overview.module.css';

/** The releases, one column per state, in the order a release goes through them. */
export function Pipeline({ releases }: { releases: readonly ReleaseRow[] }) {
  return (
    <div className={css['pipeline']}>
      {ReleaseState.options.map((state) => {
        const inState = releases.filter((release) => release.state === state);
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
