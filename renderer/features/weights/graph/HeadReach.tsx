import { Loaded } from '../../../components/Loaded.tsx';
import { formatWeight, listOf, plural } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import { Table } from '../../../components/Table.tsx';
import css from './Graph.module.css';
import { useFeatureReach } from './queries.ts';

/** Which features can reach a head, by the weights of the layers that take them up. */
export function HeadReach({
  release,
  head,
  operators,
}: {
  release: string;
  head: string;
  operators: number;
}) {
  const reach = useFeatureReach(release, head);
  return (
    <Section title={`What reaches ${head}`}>
      <Loaded query={reach}>
        {({ layers, largest, otherwise }) => {
          const used = largest.filter(({ weight }) => weight > 0);
          return (
            <>
              <p className={css['quiet']}>
                {plural(operators, 'operator')}.{' '}
                {layers.length > 0 &&
                  `${used.length} of ${plural(largest.length, 'feature')} have a weight other than 0 in ${listOf(layers)}.`}{' '}
                {otherwise.length > 0 &&
                  `Features are also taken by ${listOf(otherwise)}, through which all of them may reach it.`}
                {layers.length + otherwise.length === 0 && 'No feature reaches it.'}
              </p>
              {layers.length > 0 && (
                <Table
                  label={`Features that reach ${head}`}
                  rows={largest.toSorted((a, b) => b.weight - a.weight)}
                  rowKey={({ feature }) => feature}
                  columns={[
                    { name: 'Feature', render: ({ feature }) => feature },
                    {
                      name: 'Largest weight',
                      right: true,
                      render: ({ weight }) => (weight === 0 ? 'none' : formatWeight(weight, 4)),
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
