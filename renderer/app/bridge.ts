import type { Envelope } from '../../shared/contract/channel.ts';
import type { BridgeApi } from '../../shared/contract/index.ts';
import { StatesideError } from '../../shared/domain/error.ts';

declare global {
  interface Window {
    readonly stateside: BridgeApi;
  }
}

/** The other side of the preload script. */
export const bridge = window.stateside;

/** Opens an envelope: the value, or the failure thrown as StatesideError. */
export async function value<Value>(answer: Promise<Envelope<Value>>): Promise<Value> {
  const envelope = await answer.catch((error: unknown) => {
    throw toStatesideError(error);
  });
  if (envelope.ok) return envelope.value;
  throw new StatesideError(envelope.error.code, envelope.error.message);
}

export function toStatesideError(error: unknown): StatesideError {
  if (error instanceof StatesideError) return error;
  return new StatesideError('internal', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}
