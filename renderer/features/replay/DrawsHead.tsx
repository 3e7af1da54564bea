import { plural } from '../../components/number.ts';
import css from './Measures.module.css';

/** Says under the head of a column how many draws all its figures rest on. */
export function DrawsHead({ draws, of = 'draw' }: { draws: number | null; of?: 'draw' | 'swap' }) {
  return draws === null ? null : <span className={css['method']}>{plural(draws, of)}</span>;
}
