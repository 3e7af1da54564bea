import type { ReactNode } from 'react';
import { formatCount } from '../../../components/number.ts';
import { Facts } from '../../../components/Facts.tsx';
import { Section } from '../../../components/Section.tsx';
import type { ModelGraph } from '../../../../shared/domain/weights/graph.ts';
import css from './Graph.module.css';
import { shapesOf, type KnownShape, type Part } from './parts.ts';

const KINDS = { input: 'Input', operator: 'Operator', output: 'Output' } as const;

/** What the chosen part is: its attributes, and the tensors it takes and gives. */
export function PartFacts({
  part,
  graph,
  around,
  folded,
}: {
  part: Part;
  graph: ModelGraph;
  /** The groups it stands in, as a person closes them. */
  around: ReactNode;
  /** Constants that are drawn within it. */
  folded: readonly string[];
}) {
  const shapes = shapesOf(graph);
  const { node } = part;
  const values = (names: readonly string[]) => (
    <ul className={css['values']}>
      {names
        .map((name, place) => ({ name, place }))
        .map(({ name, place }) => {
          const tensor = graph.tensors.find((each) => each.name === name);
          return (
            <li key={place}>
              <span className="mono">{name === '' ? '(left out)' : name}</span>{' '}
              <span className={css['quiet']}>
                {tensor === undefined
                  ? name !== '' && shapeWords(shapes.get(name))
                  : `weights, ${tensor.dtype} [${tensor.shape.join(', ')}], ${formatCount(tensor.elements)} parameters`}
              </span>
            </li>
          );
        })}
    </ul>
  );
  return (
    <Section title={`${KINDS[part.kind]} ${part.title}`}>
      {node === null ? (
        <Facts of={[['Shape', part.note]]} />
      ) : (
        <Facts
          of={[
            ['Name', node.name || 'none'],
            ...(around === null ? [] : [['In', around] as const]),
            ...(folded.length === 0 ? [] : [['Folded in', folded.join(', ')] as const]),
            ...(node.domain === '' ? [] : [['Domain', node.domain] as const]),
            ['Takes', values(node.inputs)],
            ...(node.captured.length === 0 ? [] : [['Inside it', values(node.captured)] as const]),
            ['Gives', values(node.outputs)],
            ...node.attributes.map(({ name, text }) => [name, text] as const),
          ]}
        />
      )}
    </Section>
  );
}

const shapeWords = (shape: KnownShape | undefined): string => {
  if (shape === undefined) return 'shape not known';
  return shape.follows ? `${shape.text}, follows` : shape.text;
};
