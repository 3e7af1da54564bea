/**
 * Floats as a blob holds them: float32, little-endian, as every platform Stateside runs on has them in memory.
 * Neither function copies where it need not.
 */
export function floatBlob(floats: Float32Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}

/** The inverse; `blob.byteLength` must be a multiple of four. A blob that is not aligned in memory is copied. */
export function blobFloats(blob: Uint8Array): Float32Array {
  const aligned = blob.byteOffset % 4 === 0 ? blob : new Uint8Array(blob);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
