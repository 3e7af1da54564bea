import { Button } from '@mantine/core';
import {
  operatorsIn,
  type GraphGroup,
  type Grouping,
} from '../../../../shared/domain/weights/graph-groups.ts';
import type { ModelGraph } from '../../../../shared/domain/weights/graph.ts';
import { Facts } from '../../../components/Facts.tsx';
import { formatCount } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import css from './Graph.module.css';

/** What stands in a group: how many of which operators, and how many weights they take. */
export function GroupFacts({
  graph,
  grouping,
  group,
  isOpen,
  onOpen,
  onClose,
}: {
  graph: ModelGraph;
  grouping: Grouping;
  group: GraphGroup;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}) {
  const nodes = operatorsIn(grouping, group).map((at) => graph.nodes[at]);
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(node?.op ?? '', (counts.get(node?.op ?? '') ?? 0) + 1);
  const taken = new Set(nodes.flatMap((node) => node?.inputs ?? []));
  const tensors = graph.tensors.filter(({ name }) => taken.has(name));
  return (
    <Section
      title={`Group ${group.title}`}
      note={
        <Button variant="default" size="compact-xs" onClick={isOpen ? onClose : onOpen}>
          {isOpen ? 'Close the group' : 'Open the group'}
        </Button>
      }
    >
      <Facts
        of={[
          ['Operators', formatCount(group.operators)],
          [
            'Of them',
            <ul key="counts" className={css['values']}>
              {[...counts]
                .toSorted(([, a], [, b]) => b - a)
                .map(([op, count]) => (
                  <li key={op}>
                    {formatCount(count)} {op}
                  </li>
                ))}
            </ul>,
          ],
          ['Tensors', formatCount(tensors.length)],
          ['Parameters', formatCount(tensors.reduce((sum, { elements }) => sum + elements, 0))],
        ]}
      />
    </Section>
  );
}

/** The groups around an operator, outermost first, and how it comes into sight where one of them is closed. */
export function GroupLinks({
  groups,
  isDrawn,
  onChoose,
  onShow,
}: {
  groups: readonly GraphGroup[];
  isDrawn: boolean;
  onChoose: (id: string) => void;
  onShow: () => void;
}) {
  return (
    <span className={css['around']}>
      {groups.map(({ id, title }) => (
        <button key={id} type="button" className={css['link']} onClick={() => onChoose(id)}>
          {title}
        </button>
      ))}
      {!isDrawn && (
        <Button variant="default" size="compact-xs" onClick={onShow}>
          Open them
        </Button>
      )}
    </span>
  );
}
