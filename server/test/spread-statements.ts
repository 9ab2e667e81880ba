import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { readTables } from '../src/distribution/catalog.ts';
import { type Kind, planDistribution } from '../src/distribution/plan.ts';
import type { Statement } from '../src/platform/db/statement.ts';
import { citusRefuses, readVolatility } from './citus-limits.ts';
import { strayTables } from './one-company.ts';
import { isNode, type Node, nodesOf, queryTrees, walk } from './query-tree.ts';
import { companyColumns } from './schema-catalog.ts';

/** How a statement fares where the tables are spread by company, as the command `distribute` spreads them. */
export interface SpreadStatement {
  statement: Statement;
  /** Tables whose company it leaves open, in sentences. */
  stray: string[];
  writes: string[];
  reads: string[];
  /** Functions of the schema that it calls. */
  calls: string[];
  /** What Citus has against it, in sentences. */
  refused: string[];
}

/** Of each statement that is a query at all. */
export async function spreadStatements(
  client: pg.Client,
  statements: readonly Statement[],
): Promise<{ kinds: Map<string, Kind>; spread: SpreadStatement[] }> {
  const { kinds } = planDistribution(await readTables(client));
  const columns = await companyColumns(client);
  const volatility = await readVolatility(client);
  const tables = await namesIn(
    client,
    'select oid::int8::text as oid, relname as name from pg_class',
    'relnamespace',
  );
  const functions = await namesIn(
    client,
    'select oid::int8::text as oid, proname as name from pg_proc',
    'pronamespace',
  );
  const citus = new Set([...tables].flatMap(([oid, name]) => (kinds.get(name) === 'local' ? [] : [oid])));
  const trees = await queryTrees(client, statements);
  const spread = statements.flatMap((statement) => {
    const tree = trees.get(statement.text);
    if (!tree) return [];
    return {
      statement,
      stray: strayTables(tree, columns),
      ...usesOf(tree, tables, functions),
      refused: citusRefuses(tree, citus, volatility),
    };
  });
  return { kinds, spread };
}

function usesOf(tree: Node, tables: Map<string, string>, functions: Map<string, string>) {
  const writes = new Set<string>();
  const reads = new Set<string>();
  const calls = new Set<string>();
  walk(tree, (node) => {
    const called = functions.get(node.funcid as string);
    if (called) calls.add(called);
    if (node.kind !== 'QUERY') return;
    const excluded = isNode(node.onConflict) ? Number(node.onConflict.exclRelIndex) : 0;
    nodesOf(node.rtable).forEach(({ relid }, index) => {
      const name = tables.get(relid as string);
      if (!name || index + 1 === excluded) return;
      (index + 1 === Number(node.resultRelation) ? writes : reads).add(name);
    });
  });
  return { writes: [...writes], reads: [...reads], calls: [...calls] };
}

async function namesIn(client: pg.Client, select: string, schema: string): Promise<Map<string, string>> {
  const { rows } = await client.query(`${select} where ${schema} = 'public'::regnamespace`);
  return new Map(rows.map(({ oid, name }) => [oid, name]));
}

/** The rows of the table in docs/operations.md whose first heading this is: the texts in backquotes, cell by cell. */
export async function documented(heading: string): Promise<string[][][]> {
  const page = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const [, table] = page.split(`\n| ${heading} |`);
  if (!table) throw new Error(`docs/operations.md has no table that begins with ${heading}`);
  const [rows = ''] = table.split('\n\n');
  return rows
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!)),
    );
}
