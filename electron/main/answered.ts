import type { z } from 'zod';
import { StatesideError } from '../../shared/domain/error.ts';
import type { Answering } from '../ipc/channels.ts';

/** What the services answered on a channel; throws what they refused. */
export function answered<Output extends z.ZodType>(
  { output }: { readonly output: Output },
  packed: Awaited<ReturnType<Answering['call']>>,
): z.output<Output> {
  if (!packed.ok) throw new StatesideError(packed.error.code, packed.error.message);
  return output.parse('value' in packed ? packed.value : JSON.parse(packed.json));
}
