import type { z } from 'zod';
import type { Channel, Envelope, ErrorValue } from '../../shared/contract/channel.ts';
import type { Packed } from '../../shared/contract/packed.ts';
import { StatesideError } from '../../shared/domain/error.ts';

/** Tells the log what a person is not shown. */
export type Report = (what: string, detail: unknown) => void;

export const DEFECT =
  'Stateside could not do this because of a defect of its own; try again, and if it stays, hand over the log file (Help, Show Log File)';

/** Answers a call here: its input parsed, its work done, its output parsed; whatever fails is an error as a value. */
export async function answer<Input extends z.ZodType, Output extends z.ZodType>(
  name: string,
  channel: Channel<Input, Output>,
  input: unknown,
  act: (input: z.output<Input>) => Promise<unknown>,
  report: Report,
): Promise<Envelope<z.output<Output>>> {
  const given = channel.input.safeParse(input);
  if (!given.success) return wronglyCalled(name, given.error);
  try {
    const value = channel.output.safeParse(await act(given.data));
    if (value.success) return { ok: true, value: value.data };
    return { ok: false, error: hidden(`${name} answered wrongly`, issueOf(value.error), report) };
  } catch (error) {
    if (error instanceof StatesideError && error.code !== 'internal') {
      return { ok: false, error: { code: error.code, message: error.message } };
    }
    return { ok: false, error: hidden(`${name} failed`, error, report) };
  }
}

/** Passes a call on to the services, which parse their output themselves, and their answer back unopened. */
export async function relay(
  name: string,
  channel: Channel,
  input: unknown,
  call: (input: unknown) => Promise<Packed>,
  report: Report,
): Promise<Packed> {
  const given = channel.input.safeParse(input);
  if (!given.success) return wronglyCalled(name, given.error);
  const packed = await call(given.data);
  if (packed.ok || packed.error.code !== 'internal') return packed;
  return { ok: false, error: hidden(`${name} failed`, packed.error.message, report) };
}

function wronglyCalled(name: string, error: z.ZodError): { ok: false; error: ErrorValue } {
  return { ok: false, error: { code: 'usage', message: `${name} was called wrongly: ${issueOf(error)}` } };
}

/** A defect: the log is told all of it, the window nothing. */
function hidden(what: string, detail: unknown, report: Report): ErrorValue {
  report(what, detail);
  return { code: 'internal', message: DEFECT };
}

function issueOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'no reason given' : `${issue.path.join('.') || 'value'}: ${issue.message}`;
}
