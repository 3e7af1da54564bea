import { open } from 'node:fs/promises';
import { z } from 'zod';
import { badInput } from '../../../shared/domain/error.ts';

const LONGEST_HEADER = 100_000_000;

const Tensor = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const Metadata = z.record(z.string(), z.string());

/** Refuses a file that is not a safetensors checkpoint by its header: https://github.com/huggingface/safetensors#format */
export async function checkSafetensors(path: string, name: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Buffer.alloc(8);
    const { bytesRead } = await file.read(start, 0, 8, 0);
    const length = bytesRead === 8 ? start.readBigUInt64LE() : 0n;
    if (length < 2n || length > BigInt(Math.min(LONGEST_HEADER, size - 8))) throw notSafetensors(name);
    const header = Buffer.alloc(Number(length));
    await file.read(header, 0, header.length, 8);
    checkHeader(name, header.toString('utf8'), size - 8 - header.length);
  } finally {
    await file.close();
  }
}

function checkHeader(name: string, text: string, dataBytes: number): void {
  const header = parseJson(name, text);
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw notSafetensors(name);
  for (const [tensor, entry] of Object.entries(header)) {
    const read = Tensor.safeParse(entry);
    if (read.success) {
      const [begin, end] = read.data.data_offsets;
      if (begin > end || end > dataBytes)
        throw badInput(`${name} ends before the tensor "${tensor}" does; export it again.`);
    } else if (!Metadata.safeParse(entry).success) throw notSafetensors(name);
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notSafetensors(name);
  }
}

const notSafetensors = (name: string) =>
  badInput(`${name} is not a safetensors file, whatever its name says; store weights as safetensors.`);
