import { Button, Group, Modal, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplayDetail } from '../../../shared/contract/replay.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { plural } from '../../components/number.ts';
import { useRemove } from './queries.ts';

/** Takes a replay out of the workspace, after saying what goes and what stays. */
export function RemoveButton({ replay: { id, report, requests } }: { replay: ReplayDetail }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const remove = useRemove();
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove…
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Remove this replay?">
        <Text size="sm">
          {report === null
            ? 'It holds no report, so no evidence is lost. '
            : `Its report and the outcomes of ${plural(requests, 'request')} go and no sign-off can be frozen on them any more. Replaying the same releases on the same snapshot gives the same report again. `}
          The log keeps that it was there and that it was removed.
        </Text>
        {remove.error !== null && <ErrorState error={remove.error} />}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button
            loading={remove.isPending}
            onClick={() => remove.mutate({ id }, { onSuccess: () => void navigate({ to: '/replay' }) })}
          >
            Remove the replay
          </Button>
        </Group>
      </Modal>
    </>
  );
}
