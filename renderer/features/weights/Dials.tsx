import { thresholdsOf, withThreshold } from '../../../shared/domain/formula/thresholds.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { Dial } from './Dial.tsx';
import css from './WhatIf.module.css';
import { reach, withFactor, withWeight } from './what-if.ts';

/** A dial for every weight, factor and threshold of a policy, for its diversity and its length. */
export function Dials({
  own,
  policy,
  onChange,
}: {
  own: RankingPolicy;
  policy: RankingPolicy;
  onChange: (policy: RankingPolicy) => void;
}) {
  const thresholds = thresholdsOf(own);
  const moved = thresholdsOf(policy);
  const { diversity } = policy;
  const set = (part: Partial<RankingPolicy>) => onChange({ ...policy, ...part });
  return (
    <div className={css['dials']}>
      <h2>Weights</h2>
      {own.heads.map((head) => {
        const value = policy.heads.find(({ name }) => name === head.name)?.weight ?? head.weight;
        const [from, to] = reach(head, value);
        return (
          <Dial
            key={head.name}
            label={head.name}
            own={head.weight}
            min={head.min}
            max={head.max}
            {...{ value, from, to }}
            onChange={(weight) => onChange(withWeight(policy, head.name, weight))}
          />
        );
      })}
      {own.multipliers.length > 0 && <h2>Factors</h2>}
      {own.multipliers.map(({ name, factor }) => {
        const value = policy.multipliers.find((rule) => rule.name === name)?.factor ?? factor;
        return (
          <Dial
            key={name}
            label={name}
            own={factor}
            from={0.01}
            to={Math.max(2, 2 * factor, value)}
            min={1e-6}
            max={1e6}
            value={value}
            onChange={(factor) => onChange(withFactor(policy, name, factor))}
          />
        );
      })}
      {thresholds.length > 0 && <h2>Thresholds</h2>}
      {thresholds.map(({ rule, words, value: own }, at) => {
        const value = moved[at]?.value ?? own;
        const most = own === 0 ? 1 : 2 * own;
        return (
          <Dial
            key={`${rule} ${words}`}
            label={`${rule}: ${words}`}
            own={own}
            from={Math.min(0, most, value)}
            to={Math.max(0, most, value)}
            min={-1e12}
            max={1e12}
            value={value}
            onChange={(value) => onChange(withThreshold(policy, at, value))}
          />
        );
      })}
      <h2>The feed</h2>
      {diversity !== null && own.diversity !== null && (
        <>
          <Dial
            label="diversity decay"
            own={own.diversity.decay}
            from={0}
            to={1}
            min={0}
            max={1}
            value={diversity.decay}
            onChange={(decay) => set({ diversity: { ...diversity, decay } })}
          />
          <Dial
            label="diversity floor"
            own={own.diversity.floor}
            from={0.01}
            to={1}
            min={1e-6}
            max={1}
            value={diversity.floor}
            onChange={(floor) => set({ diversity: { ...diversity, floor } })}
          />
        </>
      )}
      <Dial
        label="length of the feed"
        own={own.top_k}
        from={1}
        to={Math.max(2 * own.top_k, policy.top_k)}
        min={1}
        max={1000}
        whole
        value={policy.top_k}
        onChange={(top_k) => set({ top_k })}
      />
    </div>
  );
}
