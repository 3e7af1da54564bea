import type { ByteSource } from '../onnx/walk.ts';

/** A model's file while its tensors are listed. */
export interface OnnxFile {
  readonly path: string;
  /** What sentences call it. */
  readonly name: string;
  readonly source: ByteSource;
}
