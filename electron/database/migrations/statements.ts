/** What a script is made of, as far as the ends of statements are concerned: quoted text, comments, words, and the rest. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|\w+|[^\w'"]/g;

/** What BEGIN of a trigger and CASE open and END closes. */
const DEEPER: Readonly<Record<string, number>> = { BEGIN: 1, CASE: 1, END: -1 };

/** The statements of a script, one after the other; a trigger, which holds statements itself, is one. */
export function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let [from, depth] = [0, 0];
  for (const { 0: token, index } of sql.matchAll(TOKEN)) {
    depth += DEEPER[token.toUpperCase()] ?? 0;
    if (token !== ';' || depth > 0) continue;
    statements.push(sql.slice(from, index + 1).trim());
    from = index + 1;
  }
  return statements;
}
