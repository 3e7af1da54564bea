import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readGraph } from '../../../electron/services/onnx/graph.ts';
import { OnnxModel } from '../../../electron/services/onnx/schema.ts';
import { writeOnnx, type OnnxGraph } from '../../../electron/services/onnx/write.ts';
import { featureReach } from '../../../electron/services/weights/feature-reach.ts';
import { layoutGraph } from '../../../electron/services/weights/layout-graph.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { foldedGraph, groupsAround, openedAtFirst } from '../../../shared/domain/weights/graph-folding.ts';
import { groupsOf } from '../../../shared/domain/weights/graph-groups.ts';
import {
  edgesOf,
  inputId,
  nodeId,
  outputId,
  reachOf,
  type ModelGraph,
} from '../../../shared/domain/weights/graph.ts';
import { BOX } from '../../../shared/domain/weights/graph-drawing.ts';
import { largeGraph } from '../../fixtures/weights/large-graph.ts';

function file(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'model.onnx'), bytes);
  return join(folder, 'model.onnx');
}

const FEATURES = ['age', 'likes', 'hour'];

/** Two heads that share nothing but the input: `p` has no weight for "likes", `q` has one only for "hour". */
const twoHeads: OnnxGraph = {
  name: 'two heads',
  inputs: [{ name: 'features', shape: ['N', 3] }],
  outputs: [
    { name: 'p', shape: ['N', 1] },
    { name: 'q', shape: ['N', 1] },
  ],
  nodes: [
    { op: 'Sub', inputs: ['features', 'mean'], outputs: ['centred'] },
    { op: 'MatMul', inputs: ['centred', 'p.w'], outputs: ['p.x'] },
    { op: 'Sigmoid', inputs: ['p.x'], outputs: ['p'] },
    {
      op: 'Gemm',
      inputs: ['features', 'q.w'],
      outputs: ['q'],
      attributes: { transB: { int: 1 }, alpha: { float: 0.5 } },
    },
  ],
  initializers: [
    { name: 'mean', shape: [3], data: Float32Array.of(1, 2, 3) },
    { name: 'p.w', shape: [3, 2], data: Float32Array.of(0.5, -2, 0, 0, 0, 0.25) },
    { name: 'q.w', shape: [1, 3], data: Float32Array.of(0, 0, Number.NaN) },
  ],
};

const reach = (graph: OnnxGraph, output: string) => {
  const path = file(writeOnnx(graph));
  return featureReach(readGraph(path), readOnnx(path), { input: 'features', output, features: FEATURES });
};

describe('the graph of a model', () => {
  it('is read with its attributes, declared shapes and tensors', () => {
    const graph = readGraph(file(writeOnnx(twoHeads)));
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Sub', 'MatMul', 'Sigmoid', 'Gemm']);
    expect(graph.nodes[3]?.attributes).toEqual([
      { name: 'transB', text: '1' },
      { name: 'alpha', text: '0.5' },
    ]);
    expect(graph.inputs).toEqual([{ name: 'features', type: 'float32', shape: ['N', 3] }]);
    expect(graph.tensors[1]).toEqual({ name: 'p.w', dtype: 'F32', shape: [3, 2], elements: 6 });
  });

  it('joins operators by the names of values, without tensors', () => {
    expect(edgesOf(readGraph(file(writeOnnx(twoHeads))))).toEqual([
      { from: inputId('features'), to: nodeId(0), value: 'features' },
      { from: nodeId(0), to: nodeId(1), value: 'centred' },
      { from: nodeId(1), to: nodeId(2), value: 'p.x' },
      { from: inputId('features'), to: nodeId(3), value: 'features' },
      { from: nodeId(2), to: outputId('p'), value: 'p' },
      { from: nodeId(3), to: outputId('q'), value: 'q' },
    ]);
  });

  it('is followed backward from a head to everything the head can depend on, and nothing else', () => {
    const edges = edgesOf(readGraph(file(writeOnnx(twoHeads))));
    expect(reachOf(edges, 'q')).toEqual(new Set([outputId('q'), nodeId(3), inputId('features')]));
    expect(reachOf(edges, 'p').has(nodeId(3))).toBe(false);
  });

  it('tells what a subgraph takes from around it, and not what the subgraph makes itself', () => {
    const branch = {
      name: 'then',
      node: [{ op_type: 'Add', input: ['outer', 'inner'], output: ['sum'] }],
      initializer: [{ name: 'inner', dims: [], data_type: 1, raw_data: new Uint8Array(4) }],
      output: [{ name: 'sum' }],
    };
    const bytes = OnnxModel.encode({
      graph: {
        name: 'outside',
        node: [
          { op_type: 'Relu', input: ['features'], output: ['outer'] },
          {
            op_type: 'If',
            input: ['condition'],
            output: ['p'],
            attribute: [{ name: 'then_branch', type: 5, g: branch }],
          },
        ],
        input: [{ name: 'features' }, { name: 'condition' }],
        output: [{ name: 'p' }],
      },
    }).finish();
    const graph = readGraph(file(bytes));
    expect(graph.nodes[1]?.captured).toEqual(['outer']);
    expect(graph.nodes[1]?.attributes).toEqual([{ name: 'then_branch', text: 'a graph' }]);
    expect(reachOf(edgesOf(graph), 'p').has(nodeId(0))).toBe(true);
  });
});

describe('the features that reach a head', () => {
  it('are those with a weight other than 0 in its first dense layer, through operators by column', () => {
    expect(reach(twoHeads, 'p')).toEqual({
      layers: ['p.w'],
      largest: [
        { feature: 'age', weight: 2 },
        { feature: 'likes', weight: 0 },
        { feature: 'hour', weight: 0.25 },
      ],
      otherwise: [],
    });
  });

  it('are read by column of a transposed layer, where NaN is a weight too', () => {
    expect(reach(twoHeads, 'q').largest.map(({ weight }) => weight > 0)).toEqual([false, false, true]);
  });

  it('may be all of them where another operator takes the features', () => {
    const nodes = [...twoHeads.nodes, { op: 'Softmax', inputs: ['features'], outputs: ['shares'] }];
    const mixed = {
      ...twoHeads,
      nodes: [
        ...nodes.filter(({ op }) => op !== 'Sigmoid'),
        { op: 'Add', inputs: ['p.x', 'shares'], outputs: ['p'] },
      ],
    };
    expect(reach(mixed, 'p').otherwise).toEqual(['Softmax']);
    expect(reach(mixed, 'q').otherwise).toEqual([]);
  });

  it('may be all of them where the features are multiplied by a value made of them', () => {
    const [, ...rest] = twoHeads.nodes;
    const nodes = [
      { op: 'Softmax', inputs: ['features'], outputs: ['gate'] },
      { op: 'Mul', inputs: ['features', 'gate'], outputs: ['centred'] },
      ...rest,
    ];
    expect(reach({ ...twoHeads, nodes }, 'p').otherwise.toSorted()).toEqual(['Mul', 'Softmax']);
  });
});

/** The graph with every group open, laid out. */
function laidOut(graph: ModelGraph, open: ReadonlySet<string>) {
  const { boxes, edges } = foldedGraph(graph, groupsOf(graph), open);
  const numbers = new Map(boxes.map(({ id }, at) => [id, at]));
  const joined = edges.map(({ from, to }): [number, number] => [
    numbers.get(from) ?? -1,
    numbers.get(to) ?? -1,
  ]);
  return { boxes, joined, layout: layoutGraph(boxes.length, joined) };
}

describe('the drawing', () => {
  it('gives 2,000 operators places that do not touch, each below what it takes', () => {
    const graph = readGraph(file(largeGraph(2000)));
    const { boxes, joined, layout } = laidOut(graph, new Set(groupsOf(graph).groups.keys()));
    expect(boxes).toHaveLength(2000 + graph.inputs.length + graph.outputs.length);
    for (const [from, to] of joined)
      expect(layout.y[to] ?? 0).toBeGreaterThanOrEqual((layout.y[from] ?? 0) + BOX.height);
    const layers = new Map<number, number[]>();
    for (const [at, y] of layout.y.entries()) layers.set(y, [...(layers.get(y) ?? []), layout.x[at] ?? 0]);
    for (const xs of layers.values()) {
      const sorted = xs.toSorted((a, b) => a - b);
      for (const [index, x] of sorted.entries())
        if (index > 0) expect(x - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(BOX.width);
    }
  }, 60_000);

  it('of 20,000 operators begins with few boxes, opens group by group, and loses none on the way', () => {
    const graph = readGraph(file(largeGraph(20_000)));
    const grouping = groupsOf(graph);
    const open = openedAtFirst(graph, grouping, 160);
    const folded = foldedGraph(graph, grouping, open);
    expect(folded.boxes.length).toBeLessThanOrEqual(160);
    expect(new Set(graph.nodes.map((_, at) => folded.boxOf.get(nodeId(at)))).has(undefined)).toBe(false);
    const drawn = folded.boxes.reduce(
      (sum, { group, node }) => sum + (group?.operators ?? (node === null ? 0 : 1)),
      0,
    );
    expect(drawn).toBe(20_000);
    const around = groupsAround(grouping, 12_345);
    const shown = foldedGraph(graph, grouping, new Set(around.map(({ id }) => id)));
    expect(shown.boxOf.get(nodeId(12_345))).toBe(nodeId(12_345));
    expect(laidOut(graph, open).layout.x).toHaveLength(folded.boxes.length);
  }, 30_000);
});

describe('groups', () => {
  const scoped: OnnxGraph = {
    name: 'scoped',
    inputs: [{ name: 'features', shape: ['N', 2] }],
    outputs: [{ name: 'p', shape: ['N', 2] }],
    nodes: [
      { op: 'Relu', inputs: ['features'], outputs: ['tower/deep/0/act'] },
      { op: 'Exp', inputs: ['tower/deep/0/act'], outputs: ['tower/deep/0/exp'] },
      { op: 'Relu', inputs: ['tower/deep/0/exp'], outputs: ['tower/deep/1/act'] },
      { op: 'Cast', inputs: ['one'], outputs: ['cast'], attributes: { to: { int: 1 } } },
      { op: 'Neg', inputs: ['cast'], outputs: ['minus'] },
      { op: 'Mul', inputs: ['tower/deep/1/act', 'minus'], outputs: ['tower/deep/1/mul'] },
      { op: 'Identity', inputs: ['tower/deep/1/mul'], outputs: ['p'] },
    ],
    initializers: [{ name: 'one', shape: [1], data: BigInt64Array.of(1n) }],
  };
  const graph = () => readGraph(file(writeOnnx(scoped)));

  it('follow the scopes in the operators’ names, and what holds one thing is none', () => {
    const { groups, items } = groupsOf(graph());
    expect(new Map([...groups.values()].map(({ title, operators }) => [title, operators]))).toEqual(
      new Map([
        ['tower/deep', 4],
        ['0', 2],
        ['1', 2],
      ]),
    );
    expect(items).toHaveLength(2);
  });

  it('fold constants into the operator that takes them, however long their chain', () => {
    const grouping = groupsOf(graph());
    expect([...grouping.hosts].toSorted(([a], [b]) => a - b)).toEqual([
      [3, 5],
      [4, 5],
    ]);
    const { boxOf } = foldedGraph(graph(), grouping, new Set(grouping.groups.keys()));
    expect(boxOf.get(nodeId(3))).toBe(nodeId(5));
  });

  it('are one box with the edges of all that is in them until they are opened', () => {
    const grouping = groupsOf(graph());
    const closed = foldedGraph(graph(), grouping, new Set());
    expect(closed.edges).toEqual([
      { from: inputId('features'), to: 'group:/tower/deep' },
      { from: 'group:/tower/deep', to: nodeId(6) },
      { from: nodeId(6), to: outputId('p') },
    ]);
    const half = foldedGraph(graph(), grouping, new Set(['group:/tower/deep']));
    expect(half.boxes.map(({ id }) => id)).toEqual([
      inputId('features'),
      'group:/tower/deep/0',
      'group:/tower/deep/1',
      nodeId(6),
      outputId('p'),
    ]);
    expect(groupsAround(grouping, 5).map(({ id }) => id)).toEqual([
      'group:/tower/deep',
      'group:/tower/deep/1',
    ]);
    expect(openedAtFirst(graph(), grouping, 5)).toEqual(new Set(['group:/tower/deep']));
  });

  it('nest no deeper than a name of many scopes is cut', () => {
    const name = `${'a/'.repeat(5000)}x`;
    const nodes = ['', '2'].map((end) => ({ op: 'Relu', inputs: ['features'], outputs: [`${name}${end}`] }));
    const deep = readGraph(file(writeOnnx({ ...scoped, nodes })));
    expect(groupsOf(deep).groups.size).toBe(1);
  });
});

it('a number of an attribute that is left out because it is zero reads as zero', () => {
  const node = {
    op_type: 'Gemm',
    input: ['features', 'w'],
    output: ['p'],
    attribute: [{ name: 'transB', type: 2 }],
  };
  const bytes = OnnxModel.encode({ graph: { name: 'zero', node: [node], output: [{ name: 'p' }] } }).finish();
  expect(readGraph(file(bytes)).nodes[0]?.attributes).toEqual([{ name: 'transB', text: '0' }]);
});
