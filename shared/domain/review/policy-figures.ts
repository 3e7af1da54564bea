import { AUDIT_OUTCOMES } from './lead-audit.ts';
import { flatten, type Policy } from './policy-library.ts';
import { tallyAudits, type PolicyQuality } from './quality.ts';

/** A policy's figures in the tree. */
export interface PolicyFigure {
  readonly policy: string;
  /** 0 at the top. */
  readonly depth: number;
  /** Decisions that name the policy itself. */
  readonly own: number;
  /** Of the policy and all below it together. */
  readonly whole: PolicyQuality;
}

/**
 * Figures in the order of the tree, each policy's with those below it; a policy that the tree lacks stands at the top. A
 * decision names one policy, so that the figures at the top together count each decision once.
 */
export function withThoseBelow(
  tree: readonly Policy[],
  figures: readonly PolicyQuality[],
): readonly PolicyFigure[] {
  const own = new Map(figures.map((figure) => [figure.policy, figure]));
  const all = flatten(tree);
  const known = new Set(all.map(({ policy }) => policy.id));
  const rows = all.map(({ policy, depth }) => {
    const below = flatten([policy]).flatMap(({ policy: { id } }) => own.get(id) ?? []);
    return {
      depth,
      policy: policy.id,
      own: own.get(policy.id)?.decisions ?? 0,
      whole: summed(policy.id, below),
    };
  });
  const others = figures
    .filter(({ policy }) => !known.has(policy))
    .map((whole) => ({ depth: 0, policy: whole.policy, own: whole.decisions, whole }));
  return [...rows, ...others].filter(({ whole }) => whole.decisions > 0);
}

/** The figures of all policies together: those at the top hold what is below them. */
export const allPolicies = (rows: readonly PolicyFigure[]): PolicyQuality =>
  summed(
    '',
    rows.filter(({ depth }) => depth === 0).map(({ whole }) => whole),
  );

function summed(policy: string, figures: readonly PolicyQuality[]): PolicyQuality {
  const sum = (of: (figure: PolicyQuality) => number): number =>
    figures.reduce((total, figure) => total + of(figure), 0);
  return {
    policy,
    decisions: sum(({ decisions }) => decisions),
    reversed: sum(({ reversed }) => reversed),
    audits: AUDIT_OUTCOMES.reduce(
      (audits, outcome) => Object.assign(audits, { [outcome]: sum((figure) => figure.audits[outcome]) }),
      tallyAudits([]),
    ),
  };
}
