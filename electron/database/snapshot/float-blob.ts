/**
 * Floats as a blob holds them: float32, little-endian, as every platform Stateside runs on has them in memory.
 * Neither way copies where it need not.
 */
export function floatBlob(floats: Float32Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}

/** Whether all are finite: their sum in float64 is, which no sum of float32 leaves. */
export function allFinite(floats: Float32Array): boolean {
  // four sums, because each addition waits for the one before it
  let [a, b, c, d] = [0, 0, 0, 0];
  const { length } = floats;
  const fours = length - (length % 4);
  for (let at = 0; at < fours; at += 4) {
    a += floats[at] ?? 0;
    b += floats[at + 1] ?? 0;
    c += floats[at + 2] ?? 0;
    d += floats[at + 3] ?? 0;
  }
  for (let at = fours; at < length; at += 1) a += floats[at] ?? 0;
  return Number.isFinite(a + b + c + d);
}

/** The inverse of `floatBlob`; `blob.byteLength` must be a multiple of four. A blob that is not aligned in memory is copied. */
export function blobFloats(blob: Uint8Array): Float32Array {
  const aligned = blob.byteOffset % 4 === 0 ? blob : new Uint8Array(blob);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
