import { BULK_MOMENT } from './bulk-moment.ts';
import type { ForeignKey, TableShape } from './catalog.ts';

/**
 * Where a table's rows are. 'distributed': each company's on one of the servers, those of all such tables together.
 * 'reference': all of them on every server, for tables that a distributed one refers to. 'local': on the coordinator.
 */
export type Kind = 'distributed' | 'reference' | 'local';

export interface Step {
  /** What it is for. */
  what: string;
  sql: string;
}

export interface Plan {
  kinds: Map<string, Kind>;
  /** What to run, all of it in one transaction; nothing where it has been done. */
  steps: Step[];
  /** Why it cannot be done, in sentences. */
  refusals: string[];
}

const COLUMN = 'company_id';
const CLOCK = 'contact_bulk_clock';
// One connection to each server: reference tables and those that refer to them change in one transaction. And tables that
// are still local stay so until their turn comes.
const BEGINNING: Step = {
  what: 'let one transaction do it all',
  sql: `set local citus.multi_shard_modify_mode = 'sequential';
set local citus.enable_local_reference_table_foreign_keys = off;
set local statement_timeout = 0`,
};

/** What makes Citus tables of these, without those that are `done`. */
export function planDistribution(tables: readonly TableShape[], done: ReadonlySet<string> = new Set()): Plan {
  const kinds = kindsOf(tables);
  const of = (kind: Kind) => tables.filter(({ name }) => kinds.get(name) === kind);
  const ordered = [...inOrder(of('reference')), ...inOrder(of('distributed'))];
  const [first] = inOrder(of('distributed'));
  const steps: Step[] = [];
  for (const table of ordered.filter(({ name }) => !done.has(name))) {
    steps.push(
      ...table.foreignKeys.filter(({ setsColumns }) => setsColumns).map((key) => withoutAction(table, key)),
    );
    if (table.name === CLOCK) steps.push({ what: 'spell bulk_moment() as Citus takes it', sql: BULK_MOMENT });
  }
  for (const { name } of ordered.filter((table) => !done.has(table.name))) {
    if (kinds.get(name) === 'reference') {
      steps.push({ what: `put ${name} on every server`, sql: `select create_reference_table('${name}')` });
    } else {
      const beside = name === first!.name ? 'none' : first!.name;
      const sql = `select create_distributed_table('${name}', '${COLUMN}', colocate_with => '${beside}')`;
      steps.push({ what: `spread ${name} by company`, sql });
    }
  }
  return {
    kinds,
    steps: steps.length > 0 ? [BEGINNING, ...steps] : [],
    refusals: refusalsOf(tables, kinds),
  };
}

function kindsOf(tables: readonly TableShape[]): Map<string, Kind> {
  const kinds = new Map<string, Kind>(
    tables.map((table) => [table.name, isTenant(table) ? 'distributed' : 'local']),
  );
  // A row that a distributed one refers to has to be where that is, and so has what it refers to itself. What refers to a
  // table that is everywhere is checked against it, and has to be everywhere too.
  for (let size = -1; size !== count(kinds, 'reference'); ) {
    size = count(kinds, 'reference');
    for (const { name, foreignKeys } of tables) {
      for (const { target } of foreignKeys) {
        if (kinds.get(name) !== 'local' && kinds.get(target) === 'local') kinds.set(target, 'reference');
        if (kinds.get(name) === 'local' && kinds.get(target) === 'reference') kinds.set(name, 'reference');
      }
    }
  }
  return kinds;
}

function isTenant({ company, keys }: TableShape): boolean {
  return company !== undefined && keys.length > 0 && keys.every((key) => key.includes(COLUMN));
}

const count = (kinds: Map<string, Kind>, kind: Kind) =>
  [...kinds.values()].filter((one) => one === kind).length;

/** What is referred to before what refers to it; by name where that leaves it open. */
function inOrder(tables: readonly TableShape[]): TableShape[] {
  const ordered: TableShape[] = [];
  const place = (table: TableShape, above: readonly string[]) => {
    if (ordered.includes(table) || above.includes(table.name)) return;
    for (const { target } of table.foreignKeys) {
      const referred = tables.find(({ name }) => name === target);
      if (referred) place(referred, [...above, table.name]);
    }
    ordered.push(table);
  };
  for (const table of tables) place(table, []);
  return ordered;
}

/** Citus refuses keys that set columns, whichever columns these are. */
function withoutAction(table: TableShape, { name, definition }: ForeignKey): Step {
  const plain = definition.replace(/ ON DELETE SET (?:NULL|DEFAULT)(?: \([^)]*\))?/, '');
  return {
    what: `let ${name} of ${table.name} set nothing`,
    sql: `alter table ${table.name} drop constraint ${name}, add constraint ${name} ${plain}`,
  };
}

function refusalsOf(tables: readonly TableShape[], kinds: Map<string, Kind>): string[] {
  const refusals: string[] = [];
  const distributed = tables.filter(({ name }) => kinds.get(name) === 'distributed');
  if (distributed.length === 0)
    refusals.push('No table has a company_id in every key: there is nothing to distribute.');
  for (const { name, company, keys, triggers, foreignKeys } of tables) {
    const kind = kinds.get(name);
    if (kind === 'local' && company) {
      const what = keys.length === 0 ? 'has no key' : 'has a key without company_id';
      refusals.push(`${name} ${what}, so that its rows cannot be spread by company.`);
    }
    if (kind === 'distributed' && company !== distributed[0]!.company) {
      refusals.push(
        `The company_id of ${name} is ${company}, that of ${distributed[0]!.name} ${distributed[0]!.company}.`,
      );
    }
    if (kind !== 'local' && triggers.length > 0) {
      refusals.push(
        `${name} has triggers (${triggers.join(', ')}), which Citus does not run on its servers.`,
      );
    }
    for (const key of foreignKeys) {
      const to = kinds.get(key.target);
      if (kind !== 'distributed' && to === 'distributed') {
        refusals.push(
          `${name} is not spread by company and refers to ${key.target}, which is (${key.name}).`,
        );
      }
      const column = key.columns.indexOf(COLUMN);
      if (kind === 'distributed' && to === 'distributed' && key.targetColumns[column] !== COLUMN) {
        refusals.push(`${key.name} of ${name} does not tie company_id to that of ${key.target}.`);
      }
    }
  }
  return refusals;
}
