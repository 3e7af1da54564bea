import { flattened, UNKNOWN, type Dimension, type Shape } from './dimension.ts';
import type { NodeFacts } from './node-facts.ts';
import { many, one, type Rule, type Rules } from './rule.ts';

/** Rows of what is judged; one of a list without batch. */
const rowsOf = (shape: Shape | null): Dimension => (shape?.length === 1 ? 1 : (shape?.[0] ?? UNKNOWN));

const regressor = (targets: string): Rule => one((facts) => [rowsOf(facts.shape(0)), facts.int(targets, 1)]);

/** A label for each row, and a score for each class. */
const classifier =
  (labels: string): Rule =>
  (facts) => {
    const rows = rowsOf(facts.shape(0));
    return [[rows], [rows, countOf(facts, labels)]];
  };

const countOf = (facts: NodeFacts, list: string): Dimension => facts.ints(list)?.length ?? UNKNOWN;

const oneHotEncoder = one((facts) => {
  const data = facts.shape(0);
  return data === null ? null : [...data, countOf(facts, 'cats_int64s')];
});

const featureVectorizer = one((facts) => {
  const sizes = facts.ints('inputdimensions');
  return [rowsOf(facts.shape(0)), sizes?.reduce((sum, size) => sum + size, 0) ?? UNKNOWN];
});

/** Some places of the last axis. */
const arrayFeatureExtractor = one((facts) => {
  const [data, places] = [facts.shape(0), facts.shape(1)];
  if (data === null || places === null) return null;
  return [...(data.length === 1 ? [1] : data.slice(0, -1)), flattened(places)];
});

/** Operators of ai.onnx.ml, which trees and what stands before them are exported with. https://onnx.ai/onnx/operators/ */
export const TREES: Rules = [
  ...many(
    'Binarizer CategoryMapper Imputer LabelEncoder Normalizer Scaler',
    one((facts) => facts.shape(0)),
  ),
  ...many('TreeEnsemble TreeEnsembleRegressor', regressor('n_targets')),
  ['LinearRegressor', regressor('targets')],
  ['SVMRegressor', one((facts) => [rowsOf(facts.shape(0)), 1])],
  ['TreeEnsembleClassifier', classifier('classlabels_int64s')],
  ['LinearClassifier', classifier('classlabels_ints')],
  ['SVMClassifier', (facts) => [[rowsOf(facts.shape(0))], [rowsOf(facts.shape(0)), UNKNOWN]]],
  ['OneHotEncoder', oneHotEncoder],
  ['FeatureVectorizer', featureVectorizer],
  ['ArrayFeatureExtractor', arrayFeatureExtractor],
];
