/** How many bytes of a file's start `pickleProblem` looks at. */
export const PICKLE_START = 286;

/**
 * What is wrong with a file that begins as a pickle or an archive does, in words that follow its name; null for others.
 * The length of a safetensors header may begin like a pickle (128 is 80 00, 640 is 80 02), but then zeros and "{" follow.
 */
export function pickleProblem(start: Uint8Array): string | null {
  const [a, b, c, d] = start;
  const isHeader = start[8] === 0x7b && start.subarray(4, 8).every((byte) => byte === 0);
  if (a === 0x80 && b !== undefined && b >= 2 && b <= 5 && !isHeader)
    return 'is a pickle by its first bytes, and reading one runs code; store weights as safetensors';
  if (a !== 0x50 || b !== 0x4b || c !== 0x03 || d !== 0x04) return null;
  const name = Buffer.from(start.subarray(30, 30 + (start[26] ?? 0))).toString('latin1');
  return name.endsWith('data.pkl')
    ? 'is a PyTorch archive with a pickle in it, and reading one runs code; store weights as safetensors'
    : 'is a zip archive under another name; put the file itself there';
}
