import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconCommand,
  IconGitCompare,
  IconList,
  IconMovie,
  IconPackage,
  IconStack2,
  IconUser,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { bridge, value } from './bridge.ts';
import { chooseBundle, chooseSnapshot } from './imports.ts';
import { PAGES } from './pages.ts';
import { paletteStore, useFirstAnswer } from './palette-store.ts';
import { useWindowState } from './window-state.ts';

const KINDS = {
  release: { group: 'Releases', icon: IconPackage },
  replay: { group: 'Replays', icon: IconGitCompare },
  request: { group: 'Requests', icon: IconList },
  item: { group: 'Items', icon: IconMovie },
  person: { group: 'People', icon: IconUser },
  snapshot: { group: 'Snapshots', icon: IconStack2 },
} as const;

const icon = (Icon: typeof IconCommand) => <Icon size={16} stroke={1.6} aria-hidden="true" />;

/** Ctrl/Cmd-K: any release, replay, request, item, person or snapshot, any page, and the commands. */
export function Palette() {
  const router = useRouter();
  const set = useWindowState((state) => state.set);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 120);
  const found = useQuery({
    queryKey: ['workspace', 'find', asked],
    queryFn: () => value(bridge.workspace.find({ text: asked })),
    enabled: asked !== '',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const go = (route: string) => () => router.history.push(route);
  const fixed: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: PAGES.map((page) => ({
        id: page.to,
        label: page.name,
        leftSection: icon(page.icon),
        onClick: go(page.to),
      })),
    },
    {
      group: 'Commands',
      actions: [
        command('import', 'Import a release bundle…', () => void chooseBundle()),
        command('snapshot', 'Add a snapshot…', () => void chooseSnapshot()),
        command('roster', 'Read and change the roster', go('/signoff/roster')),
        command('keys', 'Make, back up and restore keys', go('/signoff/keys')),
        command('verify', 'Verify a release record…', go('/signoff/verify')),
        command('workspaces', 'Open, found and back up workspaces', go('/workspaces')),
        command('light', 'Use the light colours', () => set({ scheme: 'light' })),
        command('dark', 'Use the dark colours', () => set({ scheme: 'dark' })),
      ],
    },
  ];
  const matching = fixed
    .map(({ group, actions }) => ({
      group,
      actions: actions.filter(
        ({ label }) => label?.toLowerCase().includes(text.trim().toLowerCase()) === true,
      ),
    }))
    .filter(({ actions }) => actions.length > 0);
  const things = asked === '' ? [] : (found.data ?? []);
  const groups = Object.entries(KINDS).flatMap(([kind, { group, icon: Icon }]) => {
    const actions: SpotlightActionData[] = things
      .filter((thing) => thing.kind === kind)
      .map((thing) => ({
        id: `${thing.kind} ${thing.route} ${thing.title}`,
        label: thing.title,
        description: thing.detail,
        leftSection: icon(Icon),
        onClick: go(thing.route),
      }));
    return actions.length === 0 ? [] : [{ group, actions }];
  });
  const answers = [...groups, ...matching];
  useFirstAnswer(answers.flatMap(({ actions }) => actions.map(({ id }) => id)).join('\n'));
  return (
    <Spotlight
      store={paletteStore}
      actions={answers}
      query={text}
      onQueryChange={setText}
      filter={(_, actions) => actions}
      nothingFound={found.isFetching ? 'Looking…' : 'Nothing by that name in this workspace'}
      attributes={{ content: { 'aria-label': 'Find' } }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      transitionProps={{ duration: 0 }}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: 'Find a release, replay, request, item, person, page or command',
        'aria-label': 'Find',
      }}
    />
  );
}

function command(id: string, label: string, onClick: () => void): SpotlightActionData {
  return { id, label, onClick, leftSection: icon(IconCommand) };
}
