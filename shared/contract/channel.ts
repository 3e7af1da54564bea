import { z } from 'zod';
import { ERROR_CODES } from '../domain/error.ts';

/** One method of a service as it crosses a process border: `<service>:<method>`. */
export interface Channel<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function channel<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Channel<Input, Output> {
  return { input, output };
}

export const Nothing = z.void();

export const ErrorValue = z.object({ code: z.enum(ERROR_CODES), message: z.string() });
export type ErrorValue = z.infer<typeof ErrorValue>;

/** What every call answers. */
export type Envelope<Value> = { ok: true; value: Value } | { ok: false; error: ErrorValue };

/** A page of a longer list; `total` counts what the filter lets through. */
export const page = <Row extends z.ZodType>(row: Row) =>
  z.object({ total: z.int().nonnegative(), offset: z.int().nonnegative(), rows: z.array(row) });

export const PageRequest = z.object({
  offset: z.int().nonnegative(),
  limit: z.int().min(1).max(500),
});
