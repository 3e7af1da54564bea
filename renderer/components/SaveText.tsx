import { bridge, value } from '../app/bridge.ts';
import { SaveFile } from './SaveFile.tsx';

/** Writes a text that is made when it is asked for to a file of the person's choice, and says where it went. */
export function SaveText({
  make,
  ...button
}: {
  label: string;
  make: () => Promise<{ fileName: string; text: string }>;
  disabled?: boolean;
  id?: string;
}) {
  const save = async () => {
    const { fileName, text } = await make();
    return value(bridge.shell.saveText({ suggestedName: fileName, text }));
  };
  return <SaveFile {...button} save={save} />;
}
