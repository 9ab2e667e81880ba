import type { Actor } from '../identity/actor.ts';
import { emailKey } from '../identity/email.ts';
import {
  countOf,
  type Estimate,
  estimated,
  estimateStatement,
  orderOf,
  shapeOf,
  timeConditions,
  timeValues,
  totalOf,
} from '../platform/db/list-statements.ts';
import { type ColumnType, type Sql, type Statement, statement } from '../platform/db/statement.ts';
import type { ContactFilter } from './contact-filter.ts';
import type { ManyContacts } from './many-contacts.ts';
import { LISTED } from './presence.ts';
import { exceptedIds, SIGHT, sightOf, VISIBILITY, visibilityOf, visible } from './visibility.ts';

const ROW = { contacts: 'text', batch: 'int8', total: 'int8', excepted: 'uuid[]?' } as const;
/** From this offset on a page is far in. */
const FAR = 1_000;

interface ListStatements {
  page: Statement<readonly ColumnType[], typeof ROW>;
  /** The page alone, where the count is known to pass what is counted. */
  uncounted: Statement<readonly ColumnType[], typeof ROW>;
  /** Both for pages far in: what is passed over is read by the index alone. */
  far: {
    page: Statement<readonly ColumnType[], typeof ROW>;
    uncounted: Statement<readonly ColumnType[], typeof ROW>;
  };
  estimate: Estimate;
}
const statements = new Map<string, ListStatements>();

/** The statements for a filter's shape: the same shape is the same prepared statement. */
export function listStatements(everything: boolean, filter: ContactFilter): ListStatements {
  const shape = contactShape(everything, filter);
  let known = statements.get(shape);
  if (!known) {
    known = composed(shape, everything, filter);
    statements.set(shape, known);
  }
  return known;
}

/**
 * The condition of a list on `contact c` of the company at $1, whose parameters follow `leading`, with all their types.
 * `veiled`: they are also those of `excepted`, without which contacts are not shown.
 */
export function listCondition(
  everything: boolean,
  filter: ContactFilter,
  { leading, veiled }: { leading: readonly ColumnType[]; veiled: boolean },
): { where: string; excepted: string; parameters: readonly ColumnType[] } {
  const parameters = [...leading];
  const next = (...types: ColumnType[]) => {
    parameters.push(...types);
    return parameters.length - types.length + 1;
  };
  const conditions = ['c.company_id = $1', LISTED];
  // Nothing is hidden from a super admin: the indexes alone answer.
  const sight = everything ? undefined : next(...(veiled ? SIGHT : VISIBILITY));
  if (sight !== undefined) conditions.push(visible(sight));
  if (filter.email !== undefined) {
    conditions.push(
      `c.id = (select k.contact_id from contact_key k where k.company_id = $1 and k.kind = 'email' and k.value = $${next('text')})`,
    );
  }
  if (filter.before !== undefined) conditions.push(`c.updated_at < $${next('timestamptz')}`);
  conditions.push(...timeConditions('c', filter, () => next('timestamptz')));
  return {
    where: conditions.join(' and '),
    excepted: sight === undefined || !veiled ? 'null::uuid[]' : exceptedIds(sight),
    parameters,
  };
}

/** The values of those parameters that follow the leading ones. */
export function listValues(actor: Actor, filter: ContactFilter, veiled: boolean): unknown[] {
  return [
    ...(actor.rights.everything ? [] : veiled ? sightOf(actor) : visibilityOf(actor)),
    ...(filter.email === undefined ? [] : [emailKey(filter.email)]),
    ...(filter.before === undefined ? [] : [filter.before]),
    ...timeValues(filter),
  ];
}

/** What two filters share, if and only if one statement serves both. */
export function contactShape(everything: boolean, filter: ContactFilter): string {
  return [
    everything ? 'all' : 'seen',
    filter.email === undefined ? '' : 'email',
    filter.before === undefined ? '' : 'before',
    shapeOf(filter),
  ].join('.');
}

function composed(shape: string, everything: boolean, filter: ContactFilter): ListStatements {
  const { where, excepted, parameters } = listCondition(everything, filter, {
    leading: ['int4', 'int4', 'int4'],
    veiled: true,
  });
  const order = orderOf('c', filter);
  const near = `select c.wire::text as wire from contact c where ${where} order by ${order} limit $2 offset $3`;
  const placed = [...new Set(['c.id', `c.${filter.sort}`])].join(', ');
  const far = `
    select c.wire::text as wire
    from (select ${placed} from contact c where ${where} order by ${order} limit $2 offset $3) k
    join contact c on c.company_id = $1 and c.id = k.id order by ${orderOf('k', filter)}`;
  const page = (name: string, total: string, contacts: string) =>
    statement({
      name: `contact.${name}.${shape}`,
      text: `
        select coalesce(string_agg(p.wire, ','), '') as contacts, count(*) as batch, ${total} as total,
          ${excepted} as excepted
        from (${contacts}) p`,
      parameters,
      row: ROW,
      scan: true,
    });
  const total = countOf('contact c', where);
  return {
    page: page('list', total, near),
    uncounted: page('many', '0::int8', near),
    far: { page: page('far', total, far), uncounted: page('deep', '0::int8', far) },
    estimate: estimateStatement(`contact.estimate.${shape}`, 'contact c', where, parameters),
  };
}

const ONE = { wire: 'json', excepted: 'uuid[]?' } as const;
const ones = new Map<string, Statement<readonly ColumnType[], typeof ONE>>();

/** The statement for a filter by email, and whatever else. */
export function oneStatement(everything: boolean, filter: ContactFilter) {
  const shape = contactShape(everything, filter);
  let known = ones.get(shape);
  if (!known) {
    const { where, excepted, parameters } = listCondition(everything, filter, {
      leading: ['int4'],
      veiled: true,
    });
    known = statement({
      name: `contact.listed.${shape}`,
      text: `select c.wire, ${excepted} as excepted from contact c where ${where}`,
      parameters,
      row: ONE,
    });
    ones.set(shape, known);
  }
  return known;
}

export interface ContactPage {
  /** Comma-separated JSON objects. */
  contacts: string;
  batch: number;
  total: number;
  excepted: string[] | null;
}

/**
 * A page as comma-separated JSON objects, with the count of all that match: exact up to EXACT_COUNT, past it an
 * estimate. One round trip; a second one for an estimate that `many` does not have.
 */
export async function listContacts(
  sql: Sql,
  actor: Actor,
  filter: ContactFilter,
  { limit, offset }: { limit: number; offset: number },
  many?: ManyContacts,
): Promise<ContactPage> {
  if (filter.email !== undefined) return listOne(sql, actor, filter, { limit, offset });
  const values = [actor.companyId, limit, offset, ...listValues(actor, filter, true)];
  const { estimate, far, ...near } = listStatements(actor.rights.everything, filter);
  const { page, uncounted } = offset < FAR ? near : far;
  const known = await many?.total(sql, actor, filter, (from) => {
    const since: ContactFilter = { ...filter, createdAt: { op: 'gte', value: from } };
    return estimated(sql, listStatements(true, since).estimate, [actor.companyId, limit, offset, from]);
  });
  const [row] = await sql.run(known === undefined ? page : uncounted, values as never);
  return { ...row!, total: known ?? (await totalOf(sql, row!.total, estimate, values)) };
}

/** A list by email: one contact at most has it. */
async function listOne(
  sql: Sql,
  actor: Actor,
  filter: ContactFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<ContactPage> {
  const values = [actor.companyId, ...listValues(actor, filter, true)];
  const [found] = await sql.run(oneStatement(actor.rights.everything, filter), values as never);
  if (!found) return { contacts: '', batch: 0, total: 0, excepted: null };
  const shown = limit > 0 && offset === 0;
  return {
    contacts: shown ? found.wire : '',
    batch: shown ? 1 : 0,
    total: 1,
    excepted: found.excepted,
  };
}
