import {
  inputId,
  nodeId,
  outputId,
  type GraphNode,
  type ModelGraph,
} from '../../../../shared/domain/weights/graph.ts';

/** One box of the drawing. */
export interface Part {
  readonly id: string;
  readonly kind: 'input' | 'operator' | 'output';
  readonly title: string;
  /** What stands below the title: the shape, or the name of the operator. */
  readonly note: string;
  readonly node: GraphNode | null;
}

export const shapeText = (shape: readonly (number | string)[] | null): string =>
  shape === null ? 'shape not declared' : `[${shape.join(', ')}]`;

/** Shapes by the value's name, of everything the model declares and of every tensor. */
export const shapesOf = ({ inputs, outputs, values, tensors }: ModelGraph): ReadonlyMap<string, string> =>
  new Map([
    ...[...values, ...inputs, ...outputs].map(({ name, shape }): [string, string] => [
      name,
      shapeText(shape),
    ]),
    ...tensors.map(({ name, shape }): [string, string] => [name, shapeText(shape)]),
  ]);

export function partsOf(graph: ModelGraph): Part[] {
  return [
    ...graph.inputs.map(({ name, shape }): Part => ({
      id: inputId(name),
      kind: 'input',
      title: name,
      note: shapeText(shape),
      node: null,
    })),
    ...graph.nodes.map((node, at): Part => ({
      id: nodeId(at),
      kind: 'operator',
      title: node.op,
      note: node.name || node.outputs[0] || '',
      node,
    })),
    ...graph.outputs.map(({ name, shape }): Part => ({
      id: outputId(name),
      kind: 'output',
      title: name,
      note: shapeText(shape),
      node: null,
    })),
  ];
}

/** Whether a part is meant by what was searched for: its operator, its name, or a value or tensor it takes or gives. */
export const isMeant = ({ title, note, node }: Part, wanted: string): boolean =>
  [title, note, ...(node?.inputs ?? []), ...(node?.outputs ?? [])].some((text) =>
    text.toLowerCase().includes(wanted),
  );
