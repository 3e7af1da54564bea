import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useContext, type RefObject } from 'react';
import { bridge, value } from '../../app/bridge.ts';
import css from './Figure.module.css';
import { pictureOf } from './picture.ts';
import { ExportSource } from './source.ts';
import { csvOf, fileStem, jsonOf, type ExportTable } from './table.ts';

const FORMS = ['csv', 'json', 'png'] as const;
type Form = (typeof FORMS)[number];
const FORM_NAMES: Record<Form, string> = {
  csv: 'Table as CSV…',
  json: 'Table as JSON…',
  png: 'Picture as PNG…',
};

/** Saves what a figure shows: its table as CSV or JSON, and a picture of the element itself. */
export function ExportMenu({
  title,
  table,
  picture,
}: {
  title: string;
  table: () => ExportTable | Promise<ExportTable>;
  picture: RefObject<HTMLElement | null>;
}) {
  const source = useContext(ExportSource);
  const save = useMutation({
    mutationFn: async (form: Form) => {
      const suggestedName = `${fileStem(`${source.name} ${title}`)}.${form}`;
      if (form === 'png') {
        if (picture.current === null) return null;
        const png = await pictureOf(picture.current, source.line);
        return value(bridge.shell.savePng({ suggestedName, png }));
      }
      const shown = await table();
      const text = form === 'csv' ? csvOf(shown) : jsonOf(shown, { title, source: source.line });
      return value(bridge.shell.saveText({ suggestedName, text }));
    },
  });
  return (
    <span className={css['export']}>
      <span role="status" className={css['saved']} data-failed={save.error === null ? undefined : ''}>
        {save.error !== null && save.error.message}
        {save.data && <span title={save.data.path}>Saved {save.data.path.split(/[\\/]/).at(-1)}</span>}
      </span>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            px={8}
            h={24}
            loading={save.isPending}
            aria-label={`Export: ${title}`}
            leftSection={<IconDownload size={14} aria-hidden="true" />}
          >
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMS.map((form) => (
            <Menu.Item key={form} onClick={() => save.mutate(form)}>
              {FORM_NAMES[form]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
