const SIZE = 1 << 16;

/**
 * Weight of a request for each value of 16 random bits: Poisson with mean 1, each weight standing as often as its
 * probability says, rounded, and the mean over the table exactly 1.
 */
export const POISSON_WEIGHTS: Uint8Array = table();

function table(): Uint8Array {
  const weights = new Uint8Array(SIZE);
  let probability = Math.exp(-1);
  let cumulative = probability;
  let weight = 0;
  for (let at = 0; at < SIZE; at += 1) {
    while ((at + 0.5) / SIZE > cumulative) {
      weight += 1;
      probability /= weight;
      cumulative += probability;
    }
    weights[at] = weight;
  }
  return weights;
}
