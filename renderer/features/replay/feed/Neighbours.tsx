import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useKeyPress } from '../../../app/keys.ts';
import { ButtonLink } from '../../../components/ButtonLink.tsx';
import { formatCount } from '../../../components/number.ts';
import { useNeighbours } from '../queries.ts';
import { RequestsSearch } from '../search.ts';

const route = getRouteApi('/frame/replay/$id/request/$requestId');

/** The requests before and after this one, in the order of the list it was opened from. */
export function Neighbours({ replayId }: { replayId: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { at } = search;
  const { data } = useNeighbours(replayId, search, at);
  const go = useCallback(
    (step: 1 | -1) => {
      const row = step === 1 ? data?.after : data?.before;
      if (row === undefined || at === undefined) return;
      void navigate({
        params: { id: replayId, requestId: row.requestId },
        search: (last) => ({ ...last, at: at + step, item: undefined }),
      });
    },
    [data, at, navigate, replayId],
  );
  useKeyPress(
    useCallback(
      (event) => {
        if (event.key === 'n') go(1);
        if (event.key === 'p') go(-1);
      },
      [go],
    ),
  );
  return (
    <>
      <ButtonLink to="/replay/$id" params={{ id: replayId }} search={RequestsSearch.parse(search)}>
        All requests
      </ButtonLink>
      {at !== undefined && (
        <>
          {data !== undefined && (
            <span className="quiet">
              {formatCount(at + 1)} of {formatCount(data.total)}
            </span>
          )}
          <Button.Group>
            <Button
              variant="default"
              px={8}
              aria-label="Previous request"
              title="Previous request (p)"
              disabled={data?.before === undefined}
              onClick={() => go(-1)}
            >
              <IconChevronUp size={16} aria-hidden="true" />
            </Button>
            <Button
              variant="default"
              px={8}
              aria-label="Next request"
              title="Next request (n)"
              disabled={data?.after === undefined}
              onClick={() => go(1)}
            >
              <IconChevronDown size={16} aria-hidden="true" />
            </Button>
          </Button.Group>
        </>
      )}
    </>
  );
}
