import type pg from 'pg';
import type { Statement } from '../src/platform/db/statement.ts';

/** A node of the tree that PostgreSQL makes of a statement: its kind, and its fields by name. */
export interface Node {
  kind: string;
  [field: string]: Value;
}
export type Value = Node | Value[] | string | null;

/**
 * What PostgreSQL's own parser makes of statements: the trees of their queries, by text. Nothing is run and nothing is
 * kept. Left out is what is no query (`lock table`, `discard`); of an `explain`, the query that it explains.
 */
export async function queryTrees(
  client: pg.Client,
  statements: readonly Pick<Statement, 'text' | 'parameters'>[],
): Promise<Map<string, Node>> {
  const texts = new Map(statements.map(({ text, parameters }) => [text, parameters]));
  const made: string[] = [];
  await client.query('begin');
  try {
    for (const [text, parameters] of texts) {
      const query = text.replace(/^explain \([^)]*\)\s*/, '');
      if (!/^(?:select|insert|update|delete|with)\b/.test(query)) continue;
      const types = parameters.map((type) => type.replace('?', '')).join(', ');
      // A function in standard SQL is kept as the tree of its body.
      await client.query(
        `create function pg_temp.statement_${made.length}(${types}) returns void language sql begin atomic ${query}; end`,
      );
      made.push(text);
    }
    const { rows } = await client.query<{ place: number; body: string }>(`
      select substring(proname from 'statement_(\\d+)$')::int as place, prosqlbody::text as body
      from pg_proc where pronamespace = pg_my_temp_schema() and proname like 'statement\\_%'`);
    return new Map(rows.map(({ place, body }) => [made[place]!, queryIn(parsed(body))]));
  } finally {
    await client.query('rollback');
  }
}

/** The one query of a body, which is a list of lists. */
function queryIn(value: Value): Node {
  if (isNode(value)) return value;
  return queryIn((value as Value[])[0]!);
}

export const isNode = (value: Value | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The nodes among a field's values; none where it is empty. */
export const nodesOf = (value: Value | undefined): Node[] =>
  Array.isArray(value) ? value.flatMap(nodesOf) : isNode(value) ? [value] : [];

/** Calls `visit` with a node and all below it, outer ones first; what it answers `false` for is not entered. */
export function walk(value: Value | undefined, visit: (node: Node) => boolean | undefined): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (isNode(value) && visit(value) !== false) {
    for (const field of Object.values(value)) if (typeof field !== 'string') walk(field, visit);
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[(){}]|(?:[^\s(){}\\]|\\.)+/gs;

/** PostgreSQL's own notation for trees: `{KIND :field value …}`, `(list …)`, `<>` for nothing. */
function parsed(text: string): Value {
  const tokens = text.match(TOKEN)!;
  let at = 0;
  const value = (): Value => {
    const token = tokens[at++]!;
    if (token === '{') {
      const node: Node = { kind: tokens[at++]! };
      while (tokens[at] !== '}') {
        const field = tokens[at++]!.slice(1);
        const values: Value[] = [];
        while (tokens[at] !== '}' && !tokens[at]!.startsWith(':')) values.push(value());
        node[field] = values.length > 1 ? values : (values[0] ?? null);
      }
      at++;
      return node;
    }
    if (token === '(') {
      const list: Value[] = [];
      while (tokens[at] !== ')') list.push(value());
      at++;
      return list;
    }
    return token === '<>' ? null : token;
  };
  return value();
}
