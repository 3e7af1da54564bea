import type { FoldedGraph } from '../../../../shared/domain/weights/graph-folding.ts';
import type { GraphGroup } from '../../../../shared/domain/weights/graph-groups.ts';
import type { GraphLayout } from '../../../../shared/domain/weights/graph-drawing.ts';
import {
  inputId,
  nodeId,
  outputId,
  type GraphNode,
  type ModelGraph,
} from '../../../../shared/domain/weights/graph.ts';
import { plural } from '../../../components/number.ts';

/** What a graph is made of: an input, an operator or an output. */
export interface Part {
  readonly id: string;
  readonly kind: 'input' | 'operator' | 'output';
  readonly title: string;
  /** What stands below the title: the shape, or the name of the operator. */
  readonly note: string;
  readonly node: GraphNode | null;
}

/** One box of the drawing, by its middle. */
export interface Box {
  readonly id: string;
  readonly kind: Part['kind'] | 'group';
  readonly title: string;
  readonly note: string;
  /** What stands at the right of the title: the shape of what an operator gives. */
  readonly aside: string;
  readonly x: number;
  readonly y: number;
}

type Shape = readonly (number | string)[];

const shapeText = (shape: Shape | null): string => (shape === null ? 'shape not known' : bracketed(shape));

const bracketed = (shape: Shape): string => `[${shape.join(', ')}]`;

/** A shape as text; `follows` where the model does not declare it but its operators give it. */
export interface KnownShape {
  readonly text: string;
  readonly follows: boolean;
}

/** Shapes by the value's name: what the model declares, else what follows from its operators. */
export function shapesOf({
  inputs,
  outputs,
  values,
  inferred,
  tensors,
}: ModelGraph): ReadonlyMap<string, KnownShape> {
  const shapes = new Map<string, KnownShape>();
  for (const { name, shape } of inferred) shapes.set(name, { text: bracketed(shape), follows: true });
  for (const { name, shape } of [...values, ...inputs, ...outputs, ...tensors])
    if (shape !== null) shapes.set(name, { text: bracketed(shape), follows: false });
  return shapes;
}

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

/** The boxes of a folded graph where a layout puts them. */
export function boxesOf(
  { boxes }: FoldedGraph,
  layout: GraphLayout,
  parts: ReadonlyMap<string, Part>,
  shapes: ReadonlyMap<string, KnownShape>,
): Box[] {
  return boxes.map(({ id, group }, at): Box => {
    const place = { x: layout.x[at] ?? 0, y: layout.y[at] ?? 0 };
    const part = parts.get(id);
    if (group !== null) return { ...place, ...groupBox(group) };
    const gives = part?.node?.outputs[0] ?? '';
    return {
      ...place,
      id,
      kind: part?.kind ?? 'operator',
      title: part?.title ?? id,
      note: part?.note ?? '',
      aside: shapes.get(gives)?.text ?? '',
    };
  });
}

const groupBox = ({
  id,
  title,
  operators,
}: GraphGroup): Pick<Box, 'id' | 'kind' | 'title' | 'note' | 'aside'> => ({
  id,
  kind: 'group',
  title,
  note: plural(operators, 'operator'),
  aside: '+',
});

/** Whether a part is meant by what was searched for: its operator, its name, or a value or tensor it takes or gives. */
export const isMeant = ({ title, note, node }: Part, wanted: string): boolean =>
  [title, note, ...(node?.inputs ?? []), ...(node?.outputs ?? [])].some((text) =>
    text.toLowerCase().includes(wanted),
  );
