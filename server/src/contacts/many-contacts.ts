import type { Actor } from '../identity/actor.ts';
import { EXACT_COUNT } from '../platform/db/list-statements.ts';
import { type Sql, statement } from '../platform/db/statement.ts';
import type { ContactFilter } from './contact-filter.ts';
import { Estimates } from './estimates.ts';
import { LISTED } from './presence.ts';

/** Milliseconds until what is known of a company is looked up anew, and until it counts for nothing. */
const FRESH_FOR = 1_000;
const KEPT_FOR = 5_000;
/** More contacts than a server takes away in that time. */
const MARGIN = 5_000;
const MOST_COMPANIES = 1_000;
/** As early as times come. */
const FIRST = '0001-01-01T00:00:00.000Z';

const mark = statement({
  name: 'contact.many-since',
  text: `
    select c.created_at from contact c where c.company_id = $1 and ${LISTED}
    order by c.created_at desc, c.id desc offset ${EXACT_COUNT + MARGIN} limit 1`,
  parameters: ['int4'],
  row: { created_at: 'timestamptz' },
  scan: true,
});

interface Known {
  /** Since when there are no more than are counted, and the margin; undefined = they are no more at all. */
  mark: string | undefined;
  at: number;
  asking: boolean;
  estimates: Estimates;
}

/**
 * What this process knows of companies with more contacts than a list counts: from which creation times on the count
 * would stop at its limit, so that it need not be made for every page of a walk. Asked for beside the pages, not before
 * them; a few seconds old at most, by a margin that no deletions use up meanwhile.
 */
export class ManyContacts {
  readonly #companies = new Map<number, Known>();

  /**
   * The estimated total of a list that is known to pass EXACT_COUNT; undefined where it is to be counted. `explain` asks
   * for the planner's estimate from a creation time on.
   */
  async total(
    sql: Sql,
    actor: Actor,
    filter: ContactFilter,
    explain: (from: string) => Promise<number>,
  ): Promise<number | undefined> {
    if (!actor.rights.everything || !isByCreationAlone(filter)) return undefined;
    const known = this.#known(sql, actor.companyId);
    if (known?.mark === undefined) return undefined;
    const from = filter.createdAt?.value ?? FIRST;
    if (from > known.mark) return undefined;
    const ask = (time: number) => explain(new Date(time).toISOString());
    return Math.max(EXACT_COUNT + 1, await known.estimates.at(Date.parse(from), ask));
  }

  #known(sql: Sql, companyId: number): Known | undefined {
    const known = this.#companies.get(companyId);
    const age = known ? performance.now() - known.at : Number.POSITIVE_INFINITY;
    if (age > FRESH_FOR && !known?.asking) void this.#ask(sql, companyId, known);
    return age <= KEPT_FOR ? known : undefined;
  }

  async #ask(sql: Sql, companyId: number, before: Known | undefined): Promise<void> {
    if (this.#companies.size >= MOST_COMPANIES && !before) this.#companies.clear();
    const known = before ?? {
      mark: undefined,
      at: Number.NEGATIVE_INFINITY,
      asking: true,
      estimates: new Estimates(),
    };
    known.asking = true;
    this.#companies.set(companyId, known);
    const asked = performance.now();
    try {
      const [row] = await sql.run(mark, [companyId]);
      known.mark = row?.created_at;
      known.at = asked;
      if (row) known.estimates.know(Date.parse(row.created_at), EXACT_COUNT + MARGIN);
    } catch {
      // The page says what is wrong with the database.
    } finally {
      known.asking = false;
    }
  }
}

function isByCreationAlone({ email, before, updatedAt, createdAt }: ContactFilter): boolean {
  const others = [email, before, updatedAt].some((condition) => condition !== undefined);
  return !others && (createdAt === undefined || createdAt.op === 'gt' || createdAt.op === 'gte');
}
