import { InferenceSession, Tensor } from 'onnxruntime-node';
import { badInput } from '../../shared/domain/error.ts';

/** By name of the output, a value for each row. */
export type ModelOutputs = ReadonlyMap<string, Float32Array>;

/** A model ready to run. One session, to be used by one caller at a time. */
export interface Model {
  /** F, the number of feature columns. */
  readonly featureCount: number;
  readonly outputs: readonly string[];
  /**
   * Runs the model on `features`, float32 row-major `[rows × featureCount]`.
   * Every output comes back as `rows` values in row order; refused when the model makes anything else of them.
   */
  run(features: Float32Array, rows: number): Promise<ModelOutputs>;
  close(): Promise<void>;
}

/**
 * Opens an ONNX model on the CPU. Refuses, in sentences that call the file `name`, a model onnxruntime cannot load,
 * an input other than one float32 [N, F] "features", and an output other than float32 [N] or [N, 1].
 */
export async function openModel(
  modelPath: string,
  { threads, name = modelPath }: { threads: number; name?: string },
): Promise<Model> {
  const session = await load(modelPath, threads, name);
  try {
    const featureCount = checkInput(name, session);
    for (const output of session.outputMetadata) checkOutput(name, output);
    return {
      featureCount,
      outputs: session.outputNames,
      run: (features, rows) => runSession(name, session, featureCount, features, rows),
      close: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function load(modelPath: string, threads: number, name: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(modelPath, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (error) {
    throw badInput(
      `${name} cannot be loaded as an ONNX model (${reason(error).replaceAll(modelPath, name)}); export it again.`,
    );
  }
}

function checkInput(file: string, session: InferenceSession): number {
  const [input, ...others] = session.inputMetadata;
  if (input === undefined || others.length > 0 || input.name !== 'features') {
    const names = session.inputNames.map((name) => `"${name}"`).join(', ') || 'none';
    throw badInput(`${file} has the inputs ${names}; a release's model has one, named "features".`);
  }
  const featureCount = input.isTensor ? input.shape[1] : undefined;
  if (
    !input.isTensor ||
    input.type !== 'float32' ||
    input.shape.length !== 2 ||
    typeof input.shape[0] !== 'string' ||
    typeof featureCount !== 'number'
  ) {
    throw badInput(
      `${file}: input "features" is ${describe(input)}, it must be float32 [N, F] with F fixed.`,
    );
  }
  return featureCount;
}

function checkOutput(file: string, output: InferenceSession.ValueMetadata): void {
  const perRow =
    output.isTensor &&
    output.type === 'float32' &&
    typeof output.shape[0] === 'string' &&
    (output.shape.length === 1 || (output.shape.length === 2 && output.shape[1] === 1));
  if (!perRow) {
    throw badInput(
      `${file}: output "${output.name}" is ${describe(output)}, it must be float32 [N] or [N, 1].`,
    );
  }
}

async function runSession(
  file: string,
  session: InferenceSession,
  featureCount: number,
  features: Float32Array,
  rows: number,
): Promise<ModelOutputs> {
  if (features.length !== rows * featureCount) {
    throw badInput(
      `${file} takes ${featureCount} features per candidate: ${rows} candidates need ` +
        `${rows * featureCount} values, not ${features.length}.`,
    );
  }
  if (rows === 0) return new Map(session.outputNames.map((name) => [name, new Float32Array(0)]));
  const results = await infer(file, session, new Tensor('float32', features, [rows, featureCount]));
  return new Map(session.outputNames.map((name) => [name, perRow(file, name, results[name], rows)]));
}

async function infer(file: string, session: InferenceSession, features: Tensor) {
  try {
    return await session.run({ features });
  } catch (error) {
    throw badInput(`${file} cannot be run (${reason(error)}); export it again.`);
  }
}

function perRow(file: string, name: string, value: unknown, rows: number): Float32Array {
  if (value instanceof Tensor) {
    const { data, dims } = value;
    const matches = dims[0] === rows && (dims.length === 1 || (dims.length === 2 && dims[1] === 1));
    if (matches && data instanceof Float32Array) return data;
    throw badInput(
      `${file}: output "${name}" came back as ${value.type} [${dims.join(', ')}] for ${rows} candidates, ` +
        'it must be one float32 for each.',
    );
  }
  throw badInput(`${file}: output "${name}" came back as no tensor.`);
}

function describe(value: InferenceSession.ValueMetadata): string {
  return value.isTensor
    ? `${value.type} [${value.shape.map((size) => size || '?').join(', ')}]`
    : 'not a tensor';
}

/** onnxruntime's message on one line, without the addresses of its own source. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replaceAll(/\s+/g, ' ')
    .replace(/^Error: /, '')
    .replace(/[.\s]+$/, '');
}
