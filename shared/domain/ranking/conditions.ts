import { z } from 'zod';
import { keyedUnion } from '../keyed-union.ts';
import { compareCodePoints } from './id-order.ts';
import { FIELD_NAMES, fieldNamed, type Asked, type FieldReader, type Scalar } from './field.ts';
import type { Candidate } from './request.ts';

const Value = z.union(
  [z.string(), z.number(), z.boolean()],
  'must be text, a number, true or false; correct it',
);
const Ordered = z.union([z.string(), z.number()], 'must be text or a number; correct it');
const OPERATORS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in'] as const;

/**
 * Compares a field with a value. Nothing compares with a field that is null or missing: every comparison,
 * `ne` included, is false there, as in SQL. Values of different types are unequal and have no order.
 * Text is ordered by code point.
 */
const FieldCondition = z
  .strictObject({
    field: z.string(),
    eq: Value.optional(),
    ne: Value.optional(),
    lt: Ordered.optional(),
    lte: Ordered.optional(),
    gt: Ordered.optional(),
    gte: Ordered.optional(),
    in: z.array(Value).min(1).optional(),
  })
  .superRefine((condition, context) => {
    const field = fieldNamed(condition.field);
    if (field === null) {
      context.addIssue({
        code: 'custom',
        path: ['field'],
        message: `"${condition.field}" is no field of a request; use one of ${FIELD_NAMES}`,
      });
      return;
    }
    const operators = OPERATORS.filter((operator) => condition[operator] !== undefined);
    const operator = operators[0];
    if (operators.length !== 1 || operator === undefined) {
      context.addIssue({
        code: 'custom',
        message: `must hold exactly one of ${OPERATORS.join(', ')}; split it with all or any`,
      });
      return;
    }
    const wanted = field.type === 'text' ? 'string' : 'number';
    if (field.type !== 'any' && operands(condition[operator]).some((value) => typeof value !== wanted)) {
      const remedy = field.type === 'text' ? 'write the value in quotes' : 'write a number';
      context.addIssue({
        code: 'custom',
        path: [operator],
        message: `does not fit ${condition.field}, which holds ${field.type === 'text' ? 'text' : 'a number'}; ${remedy}`,
      });
    }
  });
type FieldCondition = z.output<typeof FieldCondition>;

const LabelNames = z.array(z.string().min(1)).min(1);
type LabelRule = { any_of: string[] } | { all_of: string[] };
const LabelCondition = z.strictObject({
  label: keyedUnion<LabelRule>({
    any_of: z.strictObject({ any_of: LabelNames }),
    all_of: z.strictObject({ all_of: LabelNames }),
  }),
});

export type Condition =
  | FieldCondition
  | z.output<typeof LabelCondition>
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** A condition of a policy: data, never evaluated text. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  keyedUnion<Condition>({
    field: FieldCondition,
    label: LabelCondition,
    all: z.strictObject({ all: z.array(Condition).min(1) }),
    any: z.strictObject({ any: z.array(Condition).min(1) }),
    not: z.strictObject({ not: Condition }),
  }),
);

export type Predicate = (asked: Asked, candidate: Candidate) => boolean;

/** The condition as a function that allocates nothing when called. */
export function compileCondition(condition: Condition): Predicate {
  if ('all' in condition) {
    const parts = condition.all.map(compileCondition);
    return (asked, candidate) => parts.every((holds) => holds(asked, candidate));
  }
  if ('any' in condition) {
    const parts = condition.any.map(compileCondition);
    return (asked, candidate) => parts.some((holds) => holds(asked, candidate));
  }
  if ('not' in condition) {
    const holds = compileCondition(condition.not);
    return (asked, candidate) => !holds(asked, candidate);
  }
  if ('label' in condition) return compileLabel(condition.label);
  return compileField(condition);
}

function compileLabel(condition: LabelRule): Predicate {
  if ('all_of' in condition) {
    const names = condition.all_of;
    return (_asked, { item }) => names.every((name) => item.labels.includes(name));
  }
  const names = condition.any_of;
  return (_asked, { item }) => item.labels.length > 0 && names.some((name) => item.labels.includes(name));
}

function compileField(condition: FieldCondition): Predicate {
  const read = fieldNamed(condition.field)?.read ?? (() => null);
  const { eq, ne, lt, lte, gt, gte } = condition;
  if (eq !== undefined) return known(read, (value) => value === eq);
  if (ne !== undefined) return known(read, (value) => value !== ne);
  if (lt !== undefined) return known(read, (value) => order(value, lt) < 0);
  if (lte !== undefined) return known(read, (value) => order(value, lte) <= 0);
  if (gt !== undefined) return known(read, (value) => order(value, gt) > 0);
  if (gte !== undefined) return known(read, (value) => order(value, gte) >= 0);
  const among = condition.in ?? [];
  return known(read, (value) => among.includes(value));
}

function known(read: FieldReader, holds: (value: Scalar) => boolean): Predicate {
  return (asked, candidate) => {
    const value = read(asked, candidate);
    return value !== null && value !== undefined && holds(value);
  };
}

/** Negative, 0 or positive as `a` stands before, at or after `b`; NaN when the two have no order. */
function order(a: Scalar, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return typeof a === 'string' && typeof b === 'string' ? compareCodePoints(a, b) : NaN;
}

function operands(value: Scalar | Scalar[] | undefined): Scalar[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
