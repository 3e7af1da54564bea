import { parseYaml } from '../parse-yaml.ts';
import { RankingPolicy } from './policy.ts';

/** Reads a ranking policy from the text of `file` (YAML). Throws `bad_input` naming file, place and remedy. */
export function parsePolicy(text: string, file: string): RankingPolicy {
  return parseYaml(RankingPolicy, text, file);
}
