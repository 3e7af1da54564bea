import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import { Digest } from '../../components/Digest.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';

export function FilesTable({ release }: { release: ReleaseDetail }) {
  return (
    <Section
      title="Files of the bundle"
      note={`${plural(release.files.length, 'file')}, hashed again on import`}
    >
      <Table
        label="Files of the bundle"
        rows={release.files}
        rowKey={(file) => file.path}
        columns={[
          { name: 'File', render: (file) => <span className="mono">{file.path}</span> },
          { name: 'Bytes', right: true, render: (file) => formatCount(file.bytes) },
          { name: 'SHA-256', width: '560px', render: (file) => <Digest of={file.sha256} whole /> },
        ]}
      />
    </Section>
  );
}
