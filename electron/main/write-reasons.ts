import type { z } from 'zod';
import { review } from '../../shared/contract/review.ts';
import { StatesideError } from '../../shared/domain/error.ts';
import type { Answering } from '../ipc/channels.ts';

type Channel = typeof review.statementsOfReasons;

/** Has the services write statements of reasons to a file that the person chose. */
export async function writeReasons(
  wanted: z.input<Channel['input']>,
  call: Answering['call'],
): Promise<z.output<Channel['output']>> {
  const packed = await call('review', 'statementsOfReasons', wanted);
  if (!packed.ok) throw new StatesideError(packed.error.code, packed.error.message);
  return review.statementsOfReasons.output.parse('value' in packed ? packed.value : JSON.parse(packed.json));
}
