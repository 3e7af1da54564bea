import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { newServices } from '../../fixtures/replay/services.ts';
import { largeBundle } from '../../fixtures/weights/large-graph.ts';

/** A chain of boxes. */
const chain = (boxes: number) => Array.from({ length: boxes - 1 }, (_, at): [number, number] => [at, at + 1]);

describe('the graph of a release’s model', () => {
  it('comes with declared shapes and those that follow', async () => {
    const { weights, releases } = (await newServices()).services;
    const { digest } = await releases.import({ path: largeBundle(join(testFolder(), 'large'), 50) });
    const graph = await weights.modelGraph({ release: digest });
    expect(graph.nodes).toHaveLength(50);
    expect(graph.outputs).toEqual([{ name: 'p_head', type: 'float32', shape: ['N', 1] }]);
    expect(graph.inferred.find(({ name }) => name === 'all')).toEqual({ name: 'all', shape: ['N', 4] });
  });
});

describe('a layout', () => {
  it('puts a chain into one column', async () => {
    const { weights } = (await newServices()).services;
    const { x, y } = await weights.layout({ id: 'a', boxes: 3, edges: chain(3) });
    expect(new Set(x).size).toBe(1);
    expect(y.toSorted((a, b) => a - b)).toEqual(y);
  });

  it('that is cancelled ends at once and says so', async () => {
    const { weights } = (await newServices()).services;
    const laidOut = weights.layout({ id: 'slow', boxes: 3000, edges: chain(3000) });
    await weights.cancelLayout({ id: 'slow' });
    await expect(laidOut).rejects.toThrow('The drawing of the graph was cancelled.');
    await expect(weights.cancelLayout({ id: 'slow' })).resolves.toBeUndefined();
  });

  it('of too many boxes, or with an edge that ends nowhere, is refused', async () => {
    const { weights } = (await newServices()).services;
    await expect(weights.layout({ id: 'a', boxes: 3001, edges: [] })).rejects.toThrow(
      '3001 boxes are more than the 3000 that are laid out at once; close some groups of the graph.',
    );
    await expect(weights.layout({ id: 'a', boxes: 2, edges: [[0, 2]] })).rejects.toThrow(
      'An edge of the graph ends at a box that is none of the 2; draw the graph again.',
    );
  });
});
