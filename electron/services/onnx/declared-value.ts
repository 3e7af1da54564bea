import { fieldList, fields, fieldText, type ByteSource, type Field, type Range } from './walk.ts';

const ELEMENT_TYPES: Readonly<Record<number, string>> = {
  1: 'float32',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
};

/** An input or output as the graph declares it. `shape` is null where it declares none. */
export interface DeclaredValue {
  readonly name: string;
  readonly type: string;
  /** A size, or a name for what differs from run to run. */
  readonly shape: readonly (number | string)[] | null;
}

/** A ValueInfoProto. */
export function declaredValue(source: ByteSource, range: Range): DeclaredValue {
  const tensor = find(source, find(source, range, 2), 1);
  const elementType = Number(find(source, tensor, 1)?.value ?? 0n);
  return {
    name: textOf(source, range, 1),
    type: tensor === null ? 'not a tensor' : (ELEMENT_TYPES[elementType] ?? `element type ${elementType}`),
    shape: shapeOf(source, find(source, tensor, 2)),
  };
}

function shapeOf(source: ByteSource, range: Range | null): (number | string)[] | null {
  if (range === null) return null;
  return fieldList(source, range)
    .filter((field) => field.number === 1)
    .map((dimension) => {
      const size = find(source, dimension, 1);
      return size === null ? textOf(source, dimension, 2) || '?' : Number(BigInt.asIntN(64, size.value));
    });
}

/** The last field of a number, which is the one that counts; null where there is none. */
export function find(source: ByteSource, range: Range | null, number: number): Field | null {
  let found: Field | null = null;
  if (range === null) return null;
  for (const field of fields(source, range)) if (field.number === number) found = field;
  return found;
}

/** The text of a field; "" where there is none. */
export function textOf(source: ByteSource, range: Range, number: number): string {
  const field = find(source, range, number);
  return field === null ? '' : fieldText(source, field);
}
