import { Deserializer, Serializer } from 'node:v8';
import type { ReplayedBatch } from './compare.ts';

/**
 * Batches as V8 writes values. Not by `serialize` of node:v8, which makes a call for each typed array and takes three
 * times as long.
 */
export function blockBytes(batches: readonly ReplayedBatch[]): Uint8Array {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(batches);
  return serializer.releaseBuffer();
}

/** The inverse. */
export function batchesOf(bytes: Uint8Array): ReplayedBatch[] {
  const deserializer = new Deserializer(bytes);
  deserializer.readHeader();
  return deserializer.readValue();
}
