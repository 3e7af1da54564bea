import { SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { GENERAL_KEYS } from '../../app/general-keys.ts';
import { useWindowState, type SchemeChoice } from '../../app/window-state.ts';
import { Facts } from '../../components/Facts.tsx';
import { KeyList } from '../../components/KeyList.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { CareSettings } from '../review/care/CareSettings.tsx';
import { KeySettings } from '../review/care/KeySettings.tsx';
import { useOverview } from '../workspace/queries.ts';
import { useAbout } from './queries.ts';
import css from './Settings.module.css';

const SCHEMES: { value: SchemeChoice; label: string }[] = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function SettingsPage() {
  const scheme = useWindowState((state) => state.scheme);
  const set = useWindowState((state) => state.set);
  const about = useAbout();
  const overview = useOverview();
  return (
    <Page title="Settings">
      <div className={css['column']}>
        <Section title="Colours">
          <div className={css['control']}>
            <SegmentedControl
              aria-label="Colours"
              size="xs"
              data={SCHEMES}
              value={scheme}
              onChange={(scheme) => set({ scheme })}
            />
          </div>
        </Section>
        <Section title="Keys">
          <div className={css['control']}>
            <KeyList title="Everywhere" keys={GENERAL_KEYS} />
          </div>
        </Section>
        <Section title="Review desk">
          <CareSettings />
        </Section>
        <Section title="Keys of the review desk">
          <KeySettings />
        </Section>
        <Section title="About">
          <Loaded query={about}>
            {({ version, electron, platform, runtimeNotice }) => (
              <Facts
                of={[
                  ['Stateside', version],
                  ['Electron', electron],
                  ['Platform', platform],
                  ['Runtime', runtimeNotice ?? 'Official Electron build'],
                  [
                    'Workspace',
                    <span key="workspace">
                      {overview.data?.workspace.path ?? '…'} <Link to="/workspaces">Open another…</Link>
                    </span>,
                  ],
                  ['Network', 'None: Stateside opens no connection'],
                ]}
              />
            )}
          </Loaded>
        </Section>
      </div>
    </Page>
  );
}
