import { z } from 'zod';

/** A column of JSON text, parsed and checked. */
export const parsedJson = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
