import type { z } from 'zod';
import { badInput } from '../../../shared/domain/error.ts';
import { parseYaml } from '../../../shared/domain/parse-yaml.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { FeatureNames, ReleaseManifest, TrainingData } from '../../../shared/domain/release/manifest.ts';
import { parseStrictJson } from '../../../shared/domain/statements/strict-json.ts';
import { describeIssue } from '../../../shared/domain/zod-issue.ts';

/** A bundle's papers as read. */
export interface Papers {
  readonly manifest: ReleaseManifest;
  readonly policy: RankingPolicy;
  readonly policyText: string;
  readonly features: readonly string[];
  readonly trainingData: TrainingData;
  readonly modelCard: string;
}

/** Reads the papers from their bytes. Refuses the first fault, naming the file, the place in it and what is wrong. */
export function readPapers(bundle: string, bytes: ReadonlyMap<string, Uint8Array>): Papers {
  const file = (path: string) => `${bundle}/${path}`;
  const text = (path: string) => decode(file(path), bytes.get(path) ?? new Uint8Array(0));
  const policyText = text('policy.yaml');
  return {
    manifest: parseYaml(ReleaseManifest, text('release.yaml'), file('release.yaml')),
    policy: parsePolicy(policyText, file('policy.yaml')),
    policyText,
    features: parseJson(FeatureNames, text('features.json'), file('features.json')),
    trainingData: parseJson(TrainingData, text('training-data.json'), file('training-data.json')),
    modelCard: nonEmpty(text('model-card.md'), file('model-card.md')),
  };
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badInput(`${file}: is not UTF-8 text; save it as UTF-8.`);
  }
}

function parseJson<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.output<Schema> {
  const parsed = schema.safeParse(readJson(text, file), { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badInput(`${file}: ${issue === undefined ? 'is not valid' : describeIssue(issue)}.`);
}

/** Strict, because a reader that takes the first of two equal names would see other training data than we do. */
function readJson(text: string, file: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badInput(`${file}: is not strict JSON (${error.message}); correct it.`);
  }
}

function nonEmpty(text: string, file: string): string {
  if (text.trim() === '')
    throw badInput(`${file}: is empty; say what the model is for and how it was measured.`);
  return text;
}
