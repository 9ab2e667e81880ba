import type pg from 'pg';
import { isNode, type Node, nodesOf, type Value, walk } from './query-tree.ts';

/** What the rules below ask of the catalog. */
export interface Volatility {
  /** By the function's OID: immutable, stable or volatile. */
  functions: ReadonlyMap<string, string>;
  /** The functions that read and write a type's values as text, by its OID. */
  input: ReadonlyMap<string, string>;
  output: ReadonlyMap<string, string>;
}

export async function readVolatility(client: pg.Client): Promise<Volatility> {
  const functions = await client.query('select oid::int8::text as oid, provolatile as is from pg_proc');
  const types = await client.query(
    'select oid::int8::text as oid, typinput::oid::int8::text as i, typoutput::oid::int8::text as o from pg_type',
  );
  return {
    functions: new Map(functions.rows.map((row) => [row.oid, row.is])),
    input: new Map(types.rows.map((row) => [row.oid, row.i])),
    output: new Map(types.rows.map((row) => [row.oid, row.o])),
  };
}

/**
 * What the planner of Citus (14, multi_router_planner.c) refuses in statements that write a distributed table, one sentence
 * each: volatile functions in an update or a delete; functions that are not immutable where they read columns, or are
 * inside `case` or `coalesce`, or in `returning` and `on conflict`; subqueries among the values of an insert.
 */
export function citusRefuses(query: Node, distributed: ReadonlySet<string>, catalog: Volatility): string[] {
  const found: string[] = [];
  walk(query, (node) => {
    if (node.kind === 'QUERY' && isWrite(node) && distributed.has(resultRelation(node))) {
      found.push(...refusedIn(node, catalog));
    }
  });
  return [...new Set(found)];
}

const UPDATE = '2';
const INSERT = '3';
const DELETE = '4';
const isWrite = ({ commandType }: Node) => [UPDATE, INSERT, DELETE].includes(commandType as string);
const resultRelation = (query: Node) =>
  nodesOf(query.rtable)[Number(query.resultRelation) - 1]!.relid as string;

function refusedIn(query: Node, catalog: Volatility): string[] {
  const targets = nodesOf(query.targetList).map(({ expr }) => expr);
  const quals = isNode(query.jointree) ? query.jointree.quals : null;
  const conflict = isNode(query.onConflict) ? query.onConflict : undefined;
  const found: string[] = [];
  const levels = (value: Value | undefined) => volatilitiesIn(value, catalog);
  if (query.commandType === INSERT) {
    const selects = nodesOf(query.rtable).some(
      ({ rtekind, inFromCl }) => rtekind === '1' && inFromCl === 'true',
    );
    if (!selects && query.hasSubLinks === 'true') found.push('has a subquery among the values of an insert');
  } else {
    if (levels(withoutReads(query)).has('v'))
      found.push('calls a volatile function in an update or a delete');
    for (const value of [...targets, quals]) found.push(...irreducible(value, catalog));
  }
  if (mutable(levels(query.returningList))) found.push('returns what a function makes that is not immutable');
  if (conflict) {
    const sets = nodesOf(conflict.onConflictSet).map(({ expr }) => expr);
    const computed = sets.filter((expr) => !(isNode(expr) && expr.kind === 'VAR'));
    for (const value of [...computed, conflict.arbiterWhere, conflict.onConflictWhere]) {
      if (mutable(levels(value))) found.push('calls a function that is not immutable on conflict');
    }
  }
  return found;
}

/** Common table expressions that only read are planned by themselves, where that is what stands against the rest. */
function withoutReads(query: Node): Node {
  const writes = nodesOf(query.cteList).filter(({ ctequery }) => isWrite(ctequery as Node));
  return { ...query, cteList: writes };
}

const mutable = (levels: ReadonlySet<string>) => levels.has('v') || levels.has('s');

/** The functions that a node calls by itself. */
function functionsOf(node: Node, { input, output }: Volatility): string[] {
  const direct = [node.funcid, node.opfuncid, node.aggfnoid, node.winfnoid].filter(
    (oid): oid is string => typeof oid === 'string' && oid !== '0',
  );
  if (node.kind !== 'COERCEVIAIO') return direct;
  const from = typeOf(node.arg as Node);
  return [input.get(node.resulttype as string)!, ...(from ? [output.get(from)!] : [])];
}

function typeOf(node: Node): string | undefined {
  const field = Object.keys(node).find((name) =>
    /^(?:var|param|const|funcresult|opresult|result|agg|win)type$/.test(name),
  );
  return field && (node[field] as string);
}

function volatilitiesIn(value: Value | undefined, catalog: Volatility): Set<string> {
  const levels = new Set<string>();
  walk(value, (node) => {
    for (const oid of functionsOf(node, catalog)) levels.add(catalog.functions.get(oid)!);
    // current_timestamp and its like
    if (node.kind === 'SQLVALUEFUNCTION') levels.add('s');
  });
  return levels;
}

function irreducible(value: Value | undefined, catalog: Volatility): string[] {
  const found: string[] = [];
  walk(value, (node) => {
    if (node.kind === 'CASEEXPR' || node.kind === 'COALESCEEXPR') {
      if (mutable(volatilitiesIn(node, catalog)))
        found.push('calls a function that is not immutable in case or coalesce');
      return false;
    }
    if (node.kind === 'QUERY') return false;
    const stable = functionsOf(node, catalog).some((oid) => catalog.functions.get(oid) === 's');
    if (stable && readsColumn(node)) found.push('calls a function that is not immutable with a column');
  });
  return found;
}

function readsColumn(node: Node): boolean {
  let reads = false;
  walk(node, ({ kind }) => {
    if (kind === 'VAR') reads = true;
    return kind !== 'QUERY';
  });
  return reads;
}
