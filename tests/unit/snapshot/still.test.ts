import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawStill } from '../../../electron/services/snapshots/synth/still.ts';

function chunks(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    found.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return found;
}

describe('a made-up still', () => {
  it('is a whole PNG: chunks in order with right checksums, and as many pixels as its header says', () => {
    const png = drawStill(210, 17);
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    const parts = chunks(png);
    expect([...parts.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
    const header = parts.get('IHDR') ?? Buffer.alloc(0);
    const [width, height, bits] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8] ?? 0];
    expect(inflateSync(parts.get('IDAT') ?? Buffer.alloc(0))).toHaveLength(height * (1 + (width * bits) / 8));
    expect(parts.get('PLTE')).toHaveLength(3 * 16);
  });

  it('differs by hue and by shape and is the same for the same', () => {
    expect(drawStill(30, 5)).toEqual(drawStill(30, 5));
    expect(drawStill(30, 5)).not.toEqual(drawStill(60, 5));
    expect(drawStill(30, 5)).not.toEqual(drawStill(30, 6));
  });
});
