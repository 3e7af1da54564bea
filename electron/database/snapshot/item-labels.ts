/** SQL for the names of the labels of a row of `item`, each once, in order, as `labelsOf` reads them. */
export const LABELS = `
  (SELECT group_concat(label, char(31)) FROM
    (SELECT DISTINCT CAST(label AS TEXT) AS label FROM item_label l WHERE l.item_id = item.item_id ORDER BY 1))`;

const SEPARATOR = '\u001f';
const NONE: readonly string[] = [];

export const labelsOf = (joined: string | null): readonly string[] =>
  joined === null ? NONE : joined.split(SEPARATOR);
