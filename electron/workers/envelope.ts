import type { Envelope, ErrorValue } from '../../shared/contract/channel.ts';
import { StatesideError } from '../../shared/domain/error.ts';
import { busy } from '../services/busy.ts';
import { diskFull } from '../services/disk-full.ts';

/** An error as a value; what is not expected becomes `internal` and keeps its message. */
export function errorValue(error: unknown): ErrorValue {
  if (error instanceof StatesideError) return { code: error.code, message: error.message };
  const told = diskFull(error) ?? busy(error);
  if (told !== null) return { code: told.code, message: told.message };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** Turns a function that throws into one that answers an envelope, because thread borders strip error classes. */
export function enveloped<Input, Value>(
  act: (input: Input) => Promise<Value>,
): (input: Input) => Promise<Envelope<Value>> {
  return async (input) => {
    try {
      return { ok: true, value: await act(input) };
    } catch (error) {
      return { ok: false, error: errorValue(error) };
    }
  };
}

/** The value of an envelope, or its error thrown again. */
export function opened<Value>(envelope: Envelope<Value>): Value {
  if (envelope.ok) return envelope.value;
  throw new StatesideError(envelope.error.code, envelope.error.message);
}
