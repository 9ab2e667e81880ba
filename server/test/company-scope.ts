/**
 * Which tenant tables a statement reads or writes without saying which company's: each table of each (sub)query must
 * have its company_id equal to a parameter, or to that of a table that has, in a condition that nothing can switch
 * off by `or`. An insert must name company_id. Answers one sentence for each table that is left open.
 */
export function openTables(text: string, tenantTables: ReadonlySet<string>): string[] {
  return queriesOf(masked(text)).flatMap((query) => openIn(query, tenantTables));
}

/** Without comments, and with nothing inside its string literals. */
function masked(text: string): string {
  return text
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .toLowerCase();
}

interface Query {
  /** Its own words: the queries inside it are cut out. */
  words: string;
  around: Query | undefined;
}

const BEGINS_QUERY = /^\s*(?:select|insert|update|delete|with)\b/;

/** Every query of the text, by its parentheses, by `union` and the like, and a `with` apart from what follows it. */
function queriesOf(text: string, around?: Query): Query[] {
  const own: Query = { words: '', around };
  const inner: Query[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '(') {
      own.words += text[at];
      continue;
    }
    const end = closing(text, at);
    const inside = text.slice(at + 1, end);
    if (BEGINS_QUERY.test(inside)) {
      inner.push(...queriesOf(inside, own));
      own.words += '()';
    } else {
      // A list or a condition: what it holds belongs to this query, but counts as nested.
      const nested = queriesOf(inside, own);
      own.words += `(${nested[0]!.words})`;
      inner.push(...nested.slice(1));
    }
    at = end;
  }
  const parts = own.words.split(/\b(?:union|intersect|except)\b(?:\s+all\b)?/);
  if (parts.length === 1) return [own, ...inner];
  return [...parts.map((words) => ({ words, around })), ...inner];
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  throw new Error(`a parenthesis stays open in: ${text}`);
}

const TABLE =
  /(?:\b(from|join|update|into)\s+(?:only\s+)?|,\s*)(\w+)(?:\s+(?:as\s+)?(?!(?:where|set|on|using|cross|inner|left|join|order|group|limit|for|values|select|returning|default)\b)(\w+))?/g;

function openIn(query: Query, tenantTables: ReadonlySet<string>): string[] {
  const flat = withoutNested(query.words);
  const used = [...flat.matchAll(TABLE)].filter(([, , table]) => tenantTables.has(table!));
  const fixed = fixedAliases(query);
  return used.flatMap(([, keyword, table, alias]) => {
    if (keyword === 'into') {
      const columns = new RegExp(`into\\s+${table}(?:\\s+as\\s+\\w+)?\\s*\\(([^)]*)\\)`).exec(
        query.words,
      )?.[1];
      return /\bcompany_id\b/.test(columns ?? '') ? [] : [`inserts into ${table} without company_id`];
    }
    return fixed.has(alias ?? table!)
      ? []
      : [`does not say whose ${table}${alias ? ` ${alias}` : ''} it means`];
  });
}

/** The names whose company_id is a parameter's or, by way of another such name, tied to one; those around it too. */
function fixedAliases(query: Query): Set<string> {
  const fixed = query.around ? fixedAliases(query.around) : new Set<string>();
  const flat = withoutNested(query.words);
  const conditions = conditionsOf(flat);
  const tables = [...flat.matchAll(TABLE)].map(([, , table, alias]) => alias ?? table!);
  // A name that is used anew here is not the one around.
  for (const name of tables) fixed.delete(name);
  const bare = /(?<!\.)\bcompany_id\s*=\s*(?:\$\d+|company\b)/.test(conditions);
  if (bare && tables.length === 1) fixed.add(tables[0]!);
  for (const [, name] of conditions.matchAll(/\b(\w+)\.company_id\s*=\s*(?:\$\d+|company\b)/g))
    fixed.add(name!);
  const ties = [...conditions.matchAll(/\b(\w+)\.company_id\s*=\s*(\w+)\.company_id\b/g)];
  for (let size = -1; size !== fixed.size; ) {
    size = fixed.size;
    for (const [, one, other] of ties) {
      if (fixed.has(one!)) fixed.add(other!);
      if (fixed.has(other!)) fixed.add(one!);
    }
  }
  return fixed;
}

/** The conditions of its joins and of its `where`, but none that an `or` can switch off. */
function conditionsOf(flat: string): string {
  return flat
    .split(/\b(?=(?:from|join|on|where|group|order|returning)\b)/)
    .filter((clause) => /^(?:on|where)\b/.test(clause) && !/\bor\b/.test(clause))
    .join(' ');
}

function withoutNested(words: string): string {
  let flat = '';
  let depth = 0;
  for (const character of words) {
    if (character === ')') depth--;
    if (depth === 0) flat += character;
    if (character === '(') depth++;
  }
  return flat;
}
