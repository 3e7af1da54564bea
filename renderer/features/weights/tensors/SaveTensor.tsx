import { Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { isDtype } from '../../../../shared/domain/weights/dtype.ts';
import { numpyType } from '../../../../shared/domain/weights/npy.ts';
import { bridge, value } from '../../../app/bridge.ts';
import { fileStem } from '../../../components/export/table.ts';
import { formatBytes } from '../../../components/number.ts';
import type { TensorRef } from './queries.ts';
import css from './Tensor.module.css';

type Form = 'npy' | 'csv';

/** Writes the chosen slice to a file, however large it is. */
export function SaveTensor({
  of,
  slice,
  dtype,
  disabled,
}: {
  of: TensorRef;
  slice: string;
  dtype: string;
  disabled: boolean;
}) {
  const save = useMutation({
    mutationFn: (form: Form) =>
      value(bridge.shell.saveTensor({ ...of, slice, form, suggestedName: `${fileStem(of.tensor)}.${form}` })),
  });
  const type = isDtype(dtype) ? numpyType(dtype) : null;
  return (
    <span className={css['save']}>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" disabled={disabled} loading={save.isPending}>
            Export slice
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save.mutate('npy')}>
            NumPy array (.npy{type !== null && type.widened ? `, widened to ${type.descr.slice(1)}` : ''})…
          </Menu.Item>
          <Menu.Item onClick={() => save.mutate('csv')}>Numbers in full as CSV…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span role="status" className="quiet">
        {save.error !== null && save.error.message}
        {save.data && (
          <span title={save.data.path}>
            Saved {save.data.path.split(/[\\/]/).at(-1)} ({formatBytes(save.data.bytes)})
          </span>
        )}
      </span>
    </span>
  );
}
