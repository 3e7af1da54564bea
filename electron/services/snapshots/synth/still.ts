import { crc32 } from 'node:zlib';

const WIDTH = 72;
const HEIGHT = 128;
const SHADES = 12;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A portrait still of flat shapes as PNG (https://www.w3.org/TR/png-3/): 16 colours, stored rather than compressed,
 * so that its bytes depend on nothing but the arguments, which are whole numbers from 0.
 */
export function drawStill(hue: number, shape: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([4, 3, 0, 0, 0], 8); // 4 bits of palette index a pixel
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette(hue)),
    chunk('IDAT', stored(pixels(shape))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixels(shape: number): Buffer {
  const lines = Buffer.alloc(HEIGHT * (1 + WIDTH / 2));
  const centreX = 16 + ((shape * 7) % 40);
  const centreY = 28 + ((shape * 13) % 56);
  const radius = 10 + (shape % 14);
  const horizon = 80 + ((shape * 5) % 32);
  const colour = (x: number, y: number): number => {
    if ((x - centreX) ** 2 + (y - centreY) ** 2 < radius ** 2) return SHADES;
    if (y > horizon + ((x * (1 + (shape % 3))) >> 3)) return SHADES + 1 + (shape % 2);
    return Math.floor((y * SHADES) / HEIGHT);
  };
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x += 2) {
      lines[y * (1 + WIDTH / 2) + 1 + x / 2] = (colour(x, y) << 4) | colour(x + 1, y);
    }
  }
  return lines;
}

/** A vertical gradient of the hue, then a light, a dark and a complementary colour. */
function palette(hue: number): Buffer {
  const colours = Array.from({ length: SHADES }, (_, at) => rgb(hue + at * 3, 0.45, 0.32 + at * 0.035));
  colours.push(rgb(hue + 40, 0.7, 0.86), rgb(hue, 0.4, 0.2), rgb(hue + 180, 0.35, 0.42), rgb(hue, 0, 0));
  return Buffer.from(colours.flat());
}

/** HSL to RGB, https://www.w3.org/TR/css-color-4/#hsl-to-rgb. */
function rgb(hue: number, saturation: number, lightness: number): number[] {
  const spread = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((offset) => {
    const turn = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))));
  });
}

/** zlib stream of one stored block, RFC 1950 and RFC 1951. */
function stored(data: Buffer): Buffer {
  const head = Buffer.from([0x78, 0x01, 0x01, 0, 0, 0, 0]);
  head.writeUInt16LE(data.length, 3);
  head.writeUInt16LE(~data.length & 0xffff, 5);
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  const adler = Buffer.alloc(4);
  adler.writeUInt32BE(high * 65536 + low);
  return Buffer.concat([head, data, adler]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
