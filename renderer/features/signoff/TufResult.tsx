import { Button, Group, Stack, Text } from '@mantine/core';
import { Code } from '../../components/Code.tsx';
import { Digest } from '../../components/Digest.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Mark } from '../../components/Mark.tsx';
import { plural } from '../../components/number.ts';
import { TimeText } from '../../components/TimeText.tsx';
import type { WrittenTuf } from './queries.ts';

/** Quotes a path for a POSIX shell. */
const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;

/** What was written, and how to see it without Stateside. */
export function TufResult({
  out,
  written,
  onDone,
}: {
  out: string;
  written: WrittenTuf;
  onDone: () => void;
}) {
  const { version, root, expires, targets } = written;
  const commands = [
    `cd ${quoted(out)}`,
    `echo '${root.sha256}  ${root.path.slice(out.length + 1)}' | sha256sum --check`,
    `jq '.signed.roles.targets' ${quoted(root.path.slice(out.length + 1))}`,
    `delegation=$(jq '.signed.meta["targets.json"].version' metadata/${version}.snapshot.json)`,
    `jq '.signed.delegations.roles' metadata/$delegation.targets.json`,
    `jq '.signatures | length' metadata/${version}.us-release-approvers.json`,
    `jq -r '.signed.targets | to_entries[] | "\\(.value.hashes.sha256)  \\(.key)"' metadata/${version}.us-release-approvers.json`,
  ].join('\n');
  return (
    <Stack gap="sm">
      <p role="status">
        <Mark tone="pass" shape="tick">
          Written
        </Mark>{' '}
        as version {version}, with {plural(targets.length, 'target')}.
      </p>
      <Facts
        of={[
          ['Folder', out],
          [
            'Clients begin with',
            <span key="root">
              {root.path.slice(out.length + 1)} <Digest of={root.sha256} />
            </span>,
          ],
          ['Clients take it until', <TimeText key="until" at={expires} />],
        ]}
      />
      <Text size="sm">
        Serve metadata/ and targets/ as they are. Put the root on every machine of the fleet by a way that
        this folder does not take; from then on any TUF client refuses what the approvers did not sign. With
        these commands one sees the root’s digest, which roots delegate, to whom, how many of them signed, and
        each file’s digest:
      </Text>
      <Code label="Commands to look at the repository" text={commands} />
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
