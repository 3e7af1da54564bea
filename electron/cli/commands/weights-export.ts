import { open, rename, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { badInput } from '../../../shared/domain/error.ts';
import { numpyType } from '../../../shared/domain/weights/npy.ts';
import { parseSlice, sliceCount, sliceShape } from '../../../shared/domain/weights/slice.ts';
import { openWeights } from '../../services/weights/open-weights.ts';
import type { StoredTensor } from '../../services/weights/stored-tensor.ts';
import { TENSOR_FORMS, tensorPart, type TensorForm } from '../../services/weights/tensor-file.ts';
import { present, progress } from '../output.ts';
import { shapeText, whole } from '../weights-text.ts';

interface ExportOptions {
  readonly tensor: string;
  readonly slice: string;
  readonly out: string;
}

/** `weights export`: a tensor, or a slice of it, as .npy or .csv. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write a tensor, or a slice of it, as a NumPy array (.npy) or as numbers in full (.csv)')
    .argument('<path>', 'a weights file or a bundle')
    .requiredOption('--tensor <name>', 'the tensor')
    .option('--slice <axes>', 'an index, a range or all of each axis, as numpy writes it: "0, :, 10:20"', '')
    .requiredOption('--out <file>', 'the file to write, its name ending in .npy or .csv')
    .addHelpText(
      'after',
      `
Types that numpy lacks are widened: BF16 and floats below 16 bits to float32, integers below 8 bits to 8 bits.
A .csv has a line for each row of the last axis but one, or for each value where rows are longer than 16,384.`,
    )
    .action(async (path: string, { tensor: name, slice, out }: ExportOptions, command: Command) => {
      const form = formOf(out);
      const weights = await openWeights(path);
      try {
        const tensor = weights.tensors.find((each) => each.name === name);
        if (tensor === undefined)
          throw badInput(`${path} holds no tensor "${name}"; list the names with weights stats.`);
        const axes = parseSlice(slice, tensor.shape);
        const bytes = await writeWhole(out, partsOf(tensor, slice, form, sliceCount(axes)));
        const { shape, type } = { shape: sliceShape(axes), type: numpyType(tensor.dtype) };
        const widened = form === 'npy' && type?.widened === true;
        const value = {
          path,
          tensor: name,
          dtype: tensor.dtype,
          shape,
          out,
          form,
          bytes,
          descr: type?.descr,
          widened,
        };
        present(
          command,
          value,
          () =>
            `Wrote ${tensor.dtype} ${shapeText(shape)} to ${out}, ${whole(bytes)} bytes${
              widened ? `; numpy has no ${tensor.dtype}, so it is ${type.descr.slice(1)} there` : ''
            }.`,
        );
      } finally {
        progress('');
        await weights.dispose();
      }
    });
}

function formOf(out: string): TensorForm {
  const form = TENSOR_FORMS.find((each) => out.endsWith(`.${each}`));
  if (form === undefined)
    throw badInput(`${out} ends in neither .npy nor .csv; name the file after one of them.`);
  return form;
}

function* partsOf(
  tensor: StoredTensor,
  slice: string,
  form: TensorForm,
  count: number,
): Generator<Uint8Array> {
  for (let from: number | null = 0; from !== null;) {
    const part = tensorPart({ tensor, slice, form }, from);
    yield part.bytes;
    from = part.next;
    progress(`${whole(from ?? count)} of ${whole(count)} values`);
  }
}

/** Writes a file whole or not at all; answers its bytes. */
async function writeWhole(path: string, parts: Iterable<Uint8Array>): Promise<number> {
  const building = `${path}.part`;
  let bytes = 0;
  const file = await open(building, 'w').catch((error: unknown) => {
    throw badInput(
      `${path} could not be written (${error instanceof Error ? error.message : 'unknown reason'}); choose another folder.`,
    );
  });
  try {
    for (const part of parts) {
      await file.appendFile(part);
      bytes += part.length;
    }
    await file.close();
    await rename(building, path);
    return bytes;
  } finally {
    await file.close();
    await rm(building, { force: true });
  }
}
