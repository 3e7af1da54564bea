import { z } from 'zod';
import { ImportanceReport } from '../domain/importance/report.ts';
import { channel } from './channel.ts';

const Measured = z.object({ release: z.string(), against: z.string().nullable(), snapshot: z.string() });
export type ImportanceOf = z.infer<typeof Measured>;

/** Which features matter to the heads of a release, and how that changed. */
export const importance = {
  /** The measurement, null until it is made, and the job that makes it. */
  importance: channel(
    Measured,
    z.object({ report: ImportanceReport.nullable(), jobId: z.string().nullable() }),
  ),
  /** Starts measuring, or answers the job that does. */
  measureImportance: channel(Measured, z.object({ jobId: z.string() })),
};
