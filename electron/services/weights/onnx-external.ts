import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { badInput, refused } from '../../../shared/domain/error.ts';
import type { Tensor } from '../../../shared/domain/weights/tensor.ts';
import { fieldList, fieldText, type Range } from '../onnx/walk.ts';
import type { OnnxFile } from './onnx-file.ts';
import type { Piece } from './stored-tensor.ts';

/** Where a tensor's data lies outside the model's file; refused unless that is a plain file in the model's folder. */
export function externalPieces(
  { path, name, source }: OnnxFile,
  tensor: Tensor,
  entries: readonly Range[],
): Piece[] {
  const said = new Map<string, string>();
  for (const entry of entries) {
    const texts = new Map(fieldList(source, entry).map((field) => [field.number, fieldText(source, field)]));
    said.set(texts.get(1) ?? '', texts.get(2) ?? '');
  }
  const location = said.get('location') ?? '';
  const target = contained(path, location);
  if (target === null)
    throw refused(
      `${name}: tensor "${tensor.name}" has its data in "${location}", which is no file of its folder; export it as one file.`,
    );
  const start = wholeNumber(said.get('offset') ?? '0');
  const length = wholeNumber(said.get('length') ?? String(tensor.bytes));
  const { size } = lstatSync(target);
  if (start === null || length !== tensor.bytes || start + length > size)
    throw badInput(
      `${name}: tensor "${tensor.name}" needs ${tensor.bytes} bytes of "${location}" (${size} bytes), not ${said.get('length') ?? 'the rest'} from byte ${said.get('offset') ?? '0'}; export it again.`,
    );
  return [{ path: target, start, end: start + length }];
}

function contained(path: string, location: string): string | null {
  const steps = location.split('/');
  if (location === '' || isAbsolute(location) || location.includes('\\') || steps.includes('..')) return null;
  try {
    const folder = realpathSync(dirname(path));
    const target = join(folder, ...steps);
    return realpathSync(target) === target && target.startsWith(folder + sep) && lstatSync(target).isFile()
      ? target
      : null;
  } catch {
    return null;
  }
}

const wholeNumber = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);
