import type { GraphNode } from '../graph.ts';
import type { Dimension, Shape } from './dimension.ts';

/** What is known of a node when its turn comes. */
export class NodeFacts {
  readonly node: GraphNode;
  readonly shapes: readonly (Shape | null)[];
  /** By input: the whole numbers it holds, where they are few and known. */
  readonly contents: readonly (readonly Dimension[] | null)[];
  readonly #attributes: ReadonlyMap<string, string>;

  constructor(
    node: GraphNode,
    shapes: readonly (Shape | null)[],
    contents: readonly (readonly Dimension[] | null)[],
  ) {
    this.node = node;
    this.shapes = shapes;
    this.contents = contents;
    this.#attributes = new Map(node.attributes.map(({ name, text }) => [name, text]));
  }

  shape(at: number): Shape | null {
    return this.shapes[at] ?? null;
  }

  has(at: number): boolean {
    return (this.node.inputs[at] ?? '') !== '';
  }

  text(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  /** An attribute that is a whole number; `otherwise` where it is left out. */
  int(name: string, otherwise: number): number {
    const text = this.#attributes.get(name);
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : otherwise;
  }

  /** An attribute that is a list of whole numbers; null where it is left out or was too long to be kept. */
  ints(name: string): number[] | null {
    const text = this.#attributes.get(name);
    if (text === undefined || !/^-?\d+(, -?\d+)*$/.test(text)) return null;
    return text.split(', ').map(Number);
  }

  /** The whole numbers of an input, where all of them are known. */
  numbers(at: number): number[] | null {
    const values = this.contents[at] ?? null;
    if (values === null) return null;
    const numbers = values.filter((value) => typeof value === 'number');
    return numbers.length === values.length ? numbers : null;
  }

  /** What newer versions of an operator take as an input and older ones as an attribute. */
  setting(name: string, at: number): number[] | null {
    return this.has(at) ? this.numbers(at) : this.ints(name);
  }
}
