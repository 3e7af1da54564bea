/** The depths a replay measures at: 5, 10 and 20 where topK reaches them, and topK itself; ascending. */
export function depthsOf(topK: number): number[] {
  return [...[5, 10, 20].filter((depth) => depth < topK), topK];
}
