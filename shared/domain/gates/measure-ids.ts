/** Forms of the ids of measures with a value for each side; `k` stands for a depth, `<…>` for a name. */
const SIDED_FORMS = [
  ...['ndcg@k', 'map@k', 'mrr', 'precision@k', 'recall@k', 'play_time@k'],
  ...['prevalence@k', 'prevalence@k:<label>', 'any_labelled@k', 'labelled_exposure@k', 'negative_feedback@k'],
  ...['in_network@k', 'category_entropy@k', 'auc:<head>', 'calibration_error:<head>'],
  ...['worst_decile', 'catalogue_coverage', 'author_gini', 'author_top_share'],
  ...[
    'exposure@k:<attribute>=<kind>',
    'exposure_ratio@k:<attribute>=<kind>',
    'exposure_parity@k:<attribute>',
  ],
  ...['parity:ndcg@k:<slicing>', 'parity:prevalence@k:<slicing>'],
  ...['parity:labelled_exposure@k:<slicing>', 'parity:negative_feedback@k:<slicing>'],
  ...['ips:<signal>', 'snips:<signal>', 'dm:<signal>', 'dr:<signal>'],
] as const;
const DIFFERENCE_FORMS = [
  ...['overlap@k', 'rbo', 'kendall_tau', 'first_changed', 'largest_move', 'mean_move'],
] as const;

const pattern = (forms: readonly string[]): RegExp =>
  new RegExp(
    `^(${forms.map((form) => form.replaceAll('@k', '@\\d+').replaceAll(/<\w+>/g, '.+')).join('|')})$`,
  );
const SIDED = pattern(SIDED_FORMS);
const DIFFERENCE = pattern(DIFFERENCE_FORMS);

/** Whether a replay computes such a measure. */
export const isMeasureId = (id: string): boolean => SIDED.test(id) || DIFFERENCE.test(id);
/** Whether it compares the two feeds, and has no value of one of them. */
export const isDifferenceOnly = (id: string): boolean => DIFFERENCE.test(id);
/** Every form, for people. */
export const MEASURE_FORMS: readonly string[] = [...DIFFERENCE_FORMS, ...SIDED_FORMS];
