import { isNode, type Node, nodesOf, type Value, walk } from './query-tree.ts';

/** The number of the column company_id, by the table's OID: those of the tenant tables. */
export type CompanyColumns = ReadonlyMap<string, string>;

/**
 * Whether all rows that a statement touches are of one company, and of which parameter's. Every tenant table in it, in
 * whatever subquery, has to have its company_id equal to the same parameter: by itself, or by way of others that have, in
 * conditions that hold for every row. An insert has to give it that parameter. Answers one sentence for each table that is
 * open, and one where two parameters name companies.
 */
export function strayTables(statement: Node, columns: CompanyColumns): string[] {
  const scopes = scopesOf(statement, columns);
  const named = new Set<string>();
  const open: string[] = [];
  for (const scope of scopes.values()) {
    scope.tables.forEach((table, index) => {
      if (!columns.has(table.relid as string) || isExcluded(scope, index)) return;
      const parameters = parametersOf({ scope, place: String(index + 1) }, scopes);
      if (parameters.size === 0) open.push(`leaves open whose ${(table.eref as Node).aliasname} it means`);
      for (const parameter of parameters) named.add(parameter);
    });
  }
  return named.size > 1
    ? [...open, `names companies by ${[...named].map((one) => `$${one}`).join(' and ')}`]
    : open;
}

/** The rows that an `on conflict` found in its way, under a name of their own: rows of the table that is written. */
function isExcluded({ query }: Scope, index: number): boolean {
  return isNode(query.onConflict) && query.onConflict.exclRelIndex === String(index + 1);
}

interface Scope {
  query: Node;
  around: Scope | undefined;
  tables: Node[];
  /** By the place of a table: what its company_id is equal to. */
  ties: Map<string, Place[]>;
}
/** A parameter, or the company_id of a table of a query. */
type Place = string | { scope: Scope; place: string };

const RELATION = '0';
const SUBQUERY = '1';
const JOIN = '2';
const VALUES = '5';
const CTE = '6';
const GROUP = '9';
const INSERT = '3';
const EQUALS = '96'; // int4 = int4

function scopesOf(statement: Node, columns: CompanyColumns): Map<Node, Scope> {
  const scopes = new Map<Node, Scope>();
  const enter = (query: Node, around: Scope | undefined) => {
    const scope: Scope = { query, around, tables: nodesOf(query.rtable), ties: new Map() };
    scopes.set(query, scope);
    for (const field of Object.values(query)) {
      walk(field, (node) => {
        if (node.kind !== 'QUERY') return true;
        enter(node, scope);
        return false;
      });
    }
  };
  enter(statement, undefined);
  for (const scope of scopes.values()) tie(scope, columns, scopes);
  return scopes;
}

function tie(scope: Scope, columns: CompanyColumns, scopes: Map<Node, Scope>): void {
  const { query, ties } = scope;
  const equal = (place: Place | undefined, other: Place | undefined, within: (place: string) => boolean) => {
    if (typeof place !== 'object' || place.scope !== scope || !within(place.place) || !other) return;
    ties.set(place.place, [...(ties.get(place.place) ?? []), other]);
  };
  /** `within`: the tables that the condition decides about. */
  const condition = (value: Value | undefined, within: (place: string) => boolean): void => {
    if (!isNode(value)) return;
    if (value.kind === 'BOOLEXPR' && value.boolop === 'and') {
      for (const one of nodesOf(value.args)) condition(one, within);
    } else if (value.kind === 'OPEXPR' && value.opno === EQUALS) {
      const [one, other] = nodesOf(value.args).map((side) => placeOf(side, scope, columns, scopes));
      equal(one, other, within);
      equal(other, one, within);
    }
  };
  const everywhere = () => true;
  walk(query.jointree, (node) => {
    if (node.kind === 'FROMEXPR') condition(node.quals, everywhere);
    if (node.kind === 'JOINEXPR') {
      const sides = { '0': everywhere, '1': below(node.rarg), '2': () => false, '3': below(node.larg) };
      condition(node.quals, sides[node.jointype as '0'] ?? (() => false));
    }
    return node.kind !== 'QUERY';
  });
  if (query.commandType !== INSERT) return;
  const place = query.resultRelation as string;
  const column = columns.get(scope.tables[Number(place) - 1]!.relid as string);
  const given = nodesOf(query.targetList).find(({ resno }) => resno === column)?.expr;
  equal({ scope, place }, placeOf(given, scope, columns, scopes), everywhere);
}

/** Whether a table, by its place, is part of one side of a join. */
function below(side: Value | undefined): (place: string) => boolean {
  const places = new Set<string>();
  walk(side, (node) => {
    if (node.kind === 'RANGETBLREF') places.add(node.rtindex as string);
  });
  return (place) => places.has(place);
}

/** Where a value comes from, if that is a parameter or a company_id. */
function placeOf(
  value: Value | undefined,
  scope: Scope,
  columns: CompanyColumns,
  scopes: Map<Node, Scope>,
): Place | undefined {
  if (!isNode(value)) return undefined;
  if (value.kind === 'PARAM' && value.paramkind === '0') return value.paramid as string;
  if (value.kind !== 'VAR') return undefined;
  let own: Scope = scope;
  for (let up = Number(value.varlevelsup); up > 0; up--) own = own.around!;
  const place = value.varno as string;
  const attribute = Number(value.varattno);
  const table = own.tables[Number(place) - 1]!;
  const inOwn = (one: Value | undefined) => placeOf(one, own, columns, scopes);
  const inner = (query: Node): Place | undefined => {
    const listed = query.commandType === '1' ? query.targetList : query.returningList;
    const entry = nodesOf(listed).find(({ resno }) => Number(resno) === attribute);
    return placeOf(entry?.expr, scopes.get(query)!, columns, scopes);
  };
  switch (table.rtekind) {
    case RELATION:
      return columns.get(table.relid as string) === value.varattno ? { scope: own, place } : undefined;
    case SUBQUERY:
      return inner(table.subquery as Node);
    case CTE:
      return inner(cteOf(table, own));
    case JOIN:
      return inOwn(nodesOf(table.joinaliasvars)[attribute - 1]);
    case GROUP:
      return inOwn(nodesOf(table.groupexprs)[attribute - 1]);
    case VALUES: {
      const [first] = table.values_lists as Value[];
      return inOwn(nodesOf(first)[attribute - 1]);
    }
    default:
      return undefined;
  }
}

function cteOf(table: Node, from: Scope): Node {
  let scope = from;
  for (let up = Number(table.ctelevelsup); up > 0; up--) scope = scope.around!;
  return nodesOf(scope.query.cteList).find(({ ctename }) => ctename === table.ctename)!.ctequery as Node;
}

function parametersOf(place: Place, scopes: Map<Node, Scope>, seen = new Set<string>()): Set<string> {
  if (typeof place === 'string') return new Set([place]);
  const key = `${[...scopes.values()].indexOf(place.scope)}.${place.place}`;
  if (seen.has(key)) return new Set();
  seen.add(key);
  const ties = place.scope.ties.get(place.place) ?? [];
  return new Set(ties.flatMap((other) => [...parametersOf(other, scopes, seen)]));
}
