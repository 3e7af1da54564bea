import { Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { FormulaDetail } from '../../../../shared/contract/weights.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { Loaded } from '../../../components/Loaded.tsx';
import { plural } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import { Measures } from '../../replay/Measures.tsx';
import { Dials } from './Dials.tsx';
import { Drafts } from './Drafts.tsx';
import { useKeptFeed, useSample, useWhatIf } from '../queries.ts';
import { ReorderedFeed } from './ReorderedFeed.tsx';
import { useHistory } from './use-history.ts';
import css from './WhatIf.module.css';

const PAUSE_MS = 150;

/** Another mode: weights move, one request's feed follows at once, and the measures of a sample right after. */
export function WhatIf({
  detail,
  snapshot,
  request,
  onRequest,
  onLeave,
}: {
  detail: FormulaDetail;
  snapshot: string;
  request: string | undefined;
  onRequest: (request: string) => void;
  onLeave: () => void;
}) {
  const own = detail.policy;
  const { release } = detail;
  const { policy, canUndo, canRedo, turn, set, undo, redo } = useHistory(own);
  const sample = useSample(snapshot);
  return (
    <div className={css['mode']} data-testid="what-if">
      <div className={css['banner']}>
        <span>
          <strong>What if</strong> {detail.title} weighed otherwise. Nothing you move here ranks a feed.
        </span>
        <span className={css['bannerActions']}>
          <Button variant="default" disabled={!canUndo} onClick={undo} aria-keyshortcuts="Control+Z">
            Undo
          </Button>
          <Button variant="default" disabled={!canRedo} onClick={redo} aria-keyshortcuts="Control+Shift+Z">
            Redo
          </Button>
          <Button variant="default" disabled={policy === own} onClick={() => set(own)}>
            Put everything back
          </Button>
          <Button variant="default" onClick={onLeave}>
            Leave what-if
          </Button>
        </span>
      </div>
      <div className={css['columns']}>
        <Dials own={own} policy={policy} onTurn={turn} />
        <Loaded query={sample}>
          {(ids) => {
            const chosen = request ?? ids[0];
            return (
              <div className={css['side']}>
                <Select
                  label="Request"
                  searchable
                  limit={50}
                  data={chosen === undefined || ids.includes(chosen) ? ids : [chosen, ...ids]}
                  value={chosen ?? null}
                  onChange={(id) => {
                    if (id !== null) onRequest(id);
                  }}
                />
                {chosen !== undefined && <Feed {...{ release, snapshot, own, policy }} requestId={chosen} />}
              </div>
            );
          }}
        </Loaded>
      </div>
      <Effect {...{ release, snapshot, policy }} />
      <Drafts {...{ release, snapshot, own, policy }} onOpen={set} />
    </div>
  );
}

function Feed({
  release,
  snapshot,
  requestId,
  own,
  policy,
}: {
  release: string;
  snapshot: string;
  requestId: string;
  own: RankingPolicy;
  policy: RankingPolicy;
}) {
  const query = useKeptFeed(release, snapshot, requestId);
  return <Loaded query={query}>{(kept) => <ReorderedFeed kept={kept} own={own} policy={policy} />}</Loaded>;
}

function Effect({ release, snapshot, policy }: { release: string; snapshot: string; policy: RankingPolicy }) {
  const [settled] = useDebouncedValue(policy, PAUSE_MS);
  const query = useWhatIf(release, snapshot, settled);
  return (
    <Section
      title="What it does to feeds"
      note={
        query.data === undefined
          ? undefined
          : `${plural(query.data.requests, 'request')}; baseline is the release, candidate the what-if`
      }
    >
      <Loaded query={query}>{({ measures }) => <Measures measures={measures} />}</Loaded>
    </Section>
  );
}
