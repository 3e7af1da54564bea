import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { serviceContract } from '../../shared/contract/index.ts';
import { pack } from '../../shared/contract/packed.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Opening } from '../../shared/contract/shell.ts';
import { ERROR_CODES, notFound, StatesideError } from '../../shared/domain/error.ts';
import { openWorkspace, type Workspace } from '../database/workspace/open.ts';
import { createServices, type OpenServices } from '../services/services.ts';
import type { KeyStore } from '../services/signoff/key-store.ts';
import { foundSample } from '../services/workspace/found-sample.ts';
import { errorValue } from './envelope.ts';
import { RemoteKeyStore } from './key-store.ts';
import { WorkerPool } from './pool.ts';
import { CLOSE, type KeyStoreAnswer, type ServiceMessage, type ServicesStart } from './protocol.ts';

const Start: z.ZodType<ServicesStart> = z.object({
  workspaceFolder: z.string(),
  sampleFolder: z.string().nullable(),
  workerFiles: z.object({ services: z.string(), replay: z.string(), weights: z.string() }),
});
const Call = z.object({ id: z.number(), service: z.string(), method: z.string(), input: z.unknown() });

const Answer: z.ZodType<KeyStoreAnswer> = z.object({
  kind: z.literal('keyStore'),
  id: z.number(),
  answer: z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }) }),
  ]),
});

const send = (message: ServiceMessage): void => parentPort?.postMessage(message);

/** At most so often (ms), for the window draws every time. */
const TOLD_EVERY = 100;
let toldAt = 0;
let toldWhat = '';

function tellOpening(payload: Opening | null): void {
  const now = performance.now();
  if (payload?.what === toldWhat && now - toldAt < TOLD_EVERY) return;
  [toldAt, toldWhat] = [now, payload?.what ?? ''];
  send({ kind: 'event', name: 'shell:opening', payload });
}

async function openOrFound(
  { workspaceFolder, sampleFolder }: ServicesStart,
  pool: WorkerPool,
): Promise<Workspace> {
  if (existsSync(workspaceFolder)) {
    const workspace = openWorkspace(workspaceFolder, tellOpening);
    tellOpening(null);
    return workspace;
  }
  if (sampleFolder === null)
    throw notFound(`${workspaceFolder} does not exist; choose the folder of a Stateside workspace.`);
  return foundSample(workspaceFolder, sampleFolder, pool);
}

/** Runs a method of the contract by its names; its input is parsed, whoever sent it, and so is its output, off the main process. */
async function call(
  services: OpenServices,
  service: string,
  method: string,
  input: unknown,
): Promise<unknown> {
  const channels: Record<string, Record<string, Channel>> = serviceContract;
  const channel = Object.hasOwn(channels, service) ? channels[service] : undefined;
  const wanted = channel !== undefined && Object.hasOwn(channel, method) ? channel[method] : undefined;
  if (wanted === undefined)
    throw new StatesideError('usage', `There is no service method ${service}:${method}.`);
  const parsed = wanted.input.safeParse(input);
  if (!parsed.success)
    throw new StatesideError('usage', `${service}:${method} was called with an input of the wrong form.`);
  const methods: object = Object.entries(services).find(([name]) => name === service)?.[1] ?? {};
  const act: unknown = Reflect.get(methods, method);
  if (typeof act !== 'function')
    throw new StatesideError('internal', `${service}:${method} is not implemented.`);
  const answer = wanted.output.safeParse(await Reflect.apply(act, methods, [parsed.data]));
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  throw new StatesideError(
    'internal',
    `${service}:${method} answered wrongly at ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

interface Open {
  readonly workspace: Workspace;
  readonly services: OpenServices;
}

async function open(start: ServicesStart, pool: WorkerPool, keyStore: KeyStore): Promise<Open> {
  const workspace = await openOrFound(start, pool);
  return {
    workspace,
    services: createServices(workspace, pool, (event) => send({ kind: 'event', ...event }), keyStore),
  };
}

/** Calls that come before the services are open wait for them. */
async function serve(): Promise<void> {
  const start = Start.parse(workerData);
  const pool = new WorkerPool(start.workerFiles.replay);
  const keyStore = new RemoteKeyStore(send);
  const opening = open(start, pool, keyStore);
  parentPort?.on('message', (message: unknown) => {
    const told = Answer.safeParse(message);
    if (told.success) keyStore.answered(told.data);
    else void (message === CLOSE ? close(opening, pool) : answer(opening, message));
  });
  await opening;
  send({ kind: 'ready' });
}

async function answer(opening: Promise<Open>, message: unknown): Promise<void> {
  const { id, service, method, input } = Call.parse(message);
  try {
    const { services } = await opening;
    send({ kind: 'answer', id, answer: pack(await call(services, service, method, input)) });
  } catch (error) {
    send({ kind: 'answer', id, answer: { ok: false, error: errorValue(error) } });
  }
}

/** Ends at a place where nothing is lost and no native code runs; a founding is given up, because its pool is. */
async function close(opening: Promise<Open>, pool: WorkerPool): Promise<void> {
  const opened = await Promise.race([opening.catch(() => null), setImmediate(null)]);
  await opened?.services.close();
  await pool.finish();
  await opening.then(({ workspace }) => workspace.close()).catch(() => {});
  process.exit(0);
}

try {
  await serve();
} catch (error) {
  send({ kind: 'failed', message: errorValue(error).message });
}
