import { compileCondition, type Predicate } from './conditions.ts';
import { fieldNamed, type FieldReader } from './field.ts';
import type { PolicyHead, RankingPolicy } from './policy.ts';

/** A policy with its conditions as functions: what the hot loop works from. */
export interface CompiledPolicy {
  readonly heads: readonly PolicyHead[];
  readonly multipliers: readonly {
    readonly name: string;
    readonly holds: Predicate | null;
    readonly factor: number;
  }[];
  readonly filters: readonly { readonly name: string; readonly holds: Predicate }[];
  readonly diversity: { readonly read: FieldReader; readonly decay: number; readonly floor: number } | null;
  readonly topK: number;
}

const compiled = new WeakMap<RankingPolicy, CompiledPolicy>();

/** Compiles a policy once; the same policy object gives the same answer. */
export function compilePolicy(policy: RankingPolicy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const fresh = compile(policy);
  compiled.set(policy, fresh);
  return fresh;
}

function compile({ heads, multipliers, filters, diversity, top_k }: RankingPolicy): CompiledPolicy {
  return {
    heads,
    multipliers: multipliers.map(({ name, when, factor }) => ({
      name,
      factor,
      holds: when === undefined ? null : compileCondition(when),
    })),
    filters: filters.map(({ name, when }) => ({ name, holds: compileCondition(when) })),
    diversity:
      diversity === null
        ? null
        : {
            read: fieldNamed(diversity.by)?.read ?? (() => null),
            decay: diversity.decay,
            floor: diversity.floor,
          },
    topK: top_k,
  };
}
