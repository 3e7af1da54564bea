import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { usePromote } from './queries.ts';
import { releaseName } from './rows.ts';

export function PromoteButton({ release }: { release: ReleaseRow }) {
  const [asking, setAsking] = useState(false);
  const promote = usePromote();
  const name = releaseName(release);
  return (
    <>
      <Button onClick={() => setAsking(true)}>Put into production…</Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Put ${name} into production?`}>
        <Text size="sm">
          From then on this workspace says that {name} ranks US feeds, and the release in production now
          becomes superseded. The log keeps an entry of it.
        </Text>
        {promote.error !== null && <ErrorState error={promote.error} />}
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={() => setAsking(false)}>
            Leave as it is
          </Button>
          <Button
            loading={promote.isPending}
            onClick={() => promote.mutate(release.digest, { onSuccess: () => setAsking(false) })}
          >
            Put {name} into production
          </Button>
        </Group>
      </Modal>
    </>
  );
}
