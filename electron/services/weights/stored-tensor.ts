import { LAYOUTS } from '../../../shared/domain/weights/dtype.ts';
import type { Tensor } from '../../../shared/domain/weights/tensor.ts';

/** Bytes of a file. */
export interface Piece {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Where the values of a tensor lie. */
export type TensorData =
  | { readonly kind: 'raw'; readonly pieces: readonly Piece[] }
  /** Protobuf numbers of which each gives `width` bytes. */
  | { readonly kind: 'varint'; readonly pieces: readonly Piece[]; readonly width: 1 | 2 | 4 | 8 }
  /** Zero but for `values` at `indices`: one index into the flat tensor each, or one for each axis. */
  | { readonly kind: 'sparse'; readonly values: StoredTensor; readonly indices: StoredTensor };

/** A tensor and where it lies; plain data, so that it can be handed to a thread. */
export interface StoredTensor extends Tensor {
  readonly data: TensorData;
}

/** Numbers a tensor holds: two for each complex element, none for text. */
export const valueCount = ({ dtype, elements }: Tensor): number =>
  dtype === 'STRING' ? 0 : elements * LAYOUTS[dtype].parts;
