import { StatesideError } from '../../../shared/domain/error.ts';
import { parseGateRules, type GateRules } from '../../../shared/domain/gates/rules.ts';

/** Gates read from a text, or the sentence that names the place and what to do there. */
export type Parsed = { readonly rules: GateRules } | { readonly fault: string };

export function parsed(text: string): Parsed {
  try {
    return { rules: parseGateRules(text, 'gates.yaml') };
  } catch (error) {
    if (error instanceof StatesideError) return { fault: error.message };
    throw error;
  }
}
