import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { Facts } from '../../components/Facts.tsx';
import { TimeText } from '../../components/TimeText.tsx';

export function Manifest({ release: { manifest } }: { release: ReleaseRow }) {
  return (
    <Facts
      of={[
        ['Name', manifest.name],
        ['Version', manifest.version],
        ['Team', manifest.team === 'us' ? 'US' : 'Global'],
        ['Parent', manifest.parent ?? 'None: a first version'],
        ['Made', <TimeText key="made" at={manifest.created_at} />],
        ['Submitted by', manifest.submitted_by],
        ['Intended use', manifest.intended_use],
      ]}
    />
  );
}
