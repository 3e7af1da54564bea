import { badInput, refused } from '../../../shared/domain/error.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { isWeightsFile } from '../../../shared/domain/release/files.ts';
import type { DeclaredValue } from '../onnx/declared-value.ts';
import type { OnnxSummary } from '../onnx/inspect.ts';

const STANDARD_DOMAINS: ReadonlySet<string> = new Set(['', 'ai.onnx', 'ai.onnx.ml']);

/**
 * Holds a model to its bundle by what its file declares: standard operators only, no data from outside, `features`
 * float32 [N, F] for F names in features.json, one float32 [N] or [N, 1] per output, an output for every head.
 */
export function checkModel(
  file: string,
  model: OnnxSummary,
  bundle: { policy: RankingPolicy; features: readonly string[]; paths: readonly string[] },
): void {
  checkReach(file, model, bundle.paths);
  checkInput(file, model.inputs, bundle.features.length);
  for (const output of model.outputs) checkOutput(file, output);
  for (const head of bundle.policy.heads) {
    if (model.outputs.some((output) => output.name === head.output)) continue;
    const names = model.outputs.map((output) => output.name).join(', ') || 'none';
    throw badInput(
      `${file} lacks the output "${head.output}" that policy.yaml's head "${head.name}" needs; it has ${names}.`,
    );
  }
}

/** A declared type in words, for example `float32 [N, 1]`. */
export const describeValue = ({ type, shape }: DeclaredValue): string =>
  shape === null ? `${type} of no declared shape` : `${type} [${shape.join(', ')}]`;

function checkReach(file: string, model: OnnxSummary, paths: readonly string[]): void {
  for (const [domain, operator] of model.domains) {
    if (STANDARD_DOMAINS.has(domain)) continue;
    throw refused(
      `${file} uses the operator "${operator}" of the domain "${domain}"; export it with standard operators only.`,
    );
  }
  for (const location of model.externalData) {
    if (isWeightsFile(location) && paths.includes(location)) continue;
    throw refused(
      `${file} reads tensor data from "${location}", which is no checkpoint of the bundle; export it as one file.`,
    );
  }
}

function checkInput(file: string, inputs: readonly DeclaredValue[], featureCount: number): void {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0 || input.name !== 'features') {
    const names = inputs.map((each) => `"${each.name}"`).join(', ') || 'none';
    throw badInput(`${file} has the inputs ${names}; a release's model has one, named "features".`);
  }
  const [rows, columns] = input.shape ?? [];
  const matrix = input.type === 'float32' && input.shape?.length === 2 && typeof rows === 'string';
  if (!matrix || typeof columns !== 'number') {
    throw badInput(
      `${file}: input "features" is ${describeValue(input)}, it must be float32 [N, F] with F fixed.`,
    );
  }
  if (columns !== featureCount) {
    throw badInput(
      `${file} takes ${columns} features, but features.json names ${featureCount}; make them one list.`,
    );
  }
}

function checkOutput(file: string, output: DeclaredValue): void {
  const [rows, columns = 1] = output.shape ?? [];
  const perRow =
    output.type === 'float32' &&
    typeof rows === 'string' &&
    columns === 1 &&
    (output.shape?.length ?? 0) <= 2;
  if (perRow) return;
  throw badInput(
    `${file}: output "${output.name}" is ${describeValue(output)}, it must be float32 [N] or [N, 1].`,
  );
}
