import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { bridge, value } from '../../app/bridge.ts';
import css from './Document.module.css';
import { TufExport } from './TufExport.tsx';

const FORMS = [
  ['zip', 'Export package…', 'Holds a review campaign with its sides: for nobody who still judges it blind'],
  ['json', 'Export record…', 'Says what reviewers found'],
  ['pdf', 'Export PDF…', 'Says what reviewers found'],
] as const;
type Form = (typeof FORMS)[number][0];

/**
 * The record alone as DSSE JSON, with everything it names as a package, and as PDF for people; of an approved release
 * also as a repository for the machines that serve it.
 */
export function ExportButtons({ releaseDigest, approved }: { releaseDigest: string; approved: boolean }) {
  const save = useMutation({ mutationFn: (form: Form) => exported(form, releaseDigest) });
  return (
    <>
      <span role="status" className={css['said']}>
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data.path}>Saved {save.data.path.split(/[\\/]/).at(-1)}</span>}
      </span>
      {FORMS.map(([form, label, holds]) => (
        <Button
          key={form}
          title={holds}
          variant="default"
          loading={save.isPending && save.variables === form}
          onClick={() => save.mutate(form)}
        >
          {label}
        </Button>
      ))}
      {approved && <TufExport releaseDigest={releaseDigest} />}
    </>
  );
}

async function exported(form: Form, releaseDigest: string) {
  const route = `/print/record/${releaseDigest}`;
  if (form === 'zip') {
    const { pdf } = await value(bridge.shell.printPdf({ route }));
    const { fileName, zip } = await value(bridge.signoff.package({ releaseDigest, pdf }));
    return value(bridge.shell.saveZip({ suggestedName: fileName, zip }));
  }
  const { fileName, json } = await value(bridge.signoff.record({ releaseDigest }));
  if (form === 'json') return value(bridge.shell.saveText({ suggestedName: fileName, text: json }));
  const suggestedName = fileName.replace(/\.json$/, '.pdf');
  return value(bridge.shell.savePdf({ suggestedName, route }));
}
