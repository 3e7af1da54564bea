import type { HeatRule } from '../../shared/domain/weights/heat.ts';
import { sliceRows, type SliceWindow } from '../services/weights/slice-rows.ts';
import type { StoredTensor } from '../services/weights/stored-tensor.ts';
import { tensorPart, type TensorFile } from '../services/weights/tensor-file.ts';
import { enveloped } from './envelope.ts';

export const drawHeat = enveloped(
  async ({ tensor, slice, rule }: { tensor: StoredTensor; slice: string; rule: HeatRule }) => {
    const { heatMap } = await import('../services/weights/heat-map.ts'); // threads that only walk stay small
    return heatMap(tensor, slice, rule);
  },
);

export const spreadSlice = enveloped(async ({ tensor, slice }: { tensor: StoredTensor; slice: string }) => {
  const { sliceHistogram } = await import('../services/weights/slice-histogram.ts');
  return sliceHistogram(tensor, slice);
});

export const readSlice = enveloped(
  async ({ tensor, window }: { tensor: StoredTensor; window: SliceWindow }) => sliceRows(tensor, window),
);

export const partOfFile = enveloped(async ({ file, from }: { file: TensorFile; from: number }) =>
  tensorPart(file, from),
);
