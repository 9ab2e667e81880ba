import { beforeAll, describe, expect, it, vi } from 'vitest';
import { newContact } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const MANY = 16_000;
const FIRST = Date.UTC(2020, 0, 1);
const world = twoCompanies();
/** The creation time of the nth contact: one an hour. */
const at = (n: number) => new Date(FIRST + n * 3_600_000).toISOString();

beforeAll(async () => {
  const { company, server } = world;
  const { id } = await newContact(company.admin, { createdTime: at(0) });
  await server.sql(
    `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
     select c.company_id, gen_random_uuid(), c.created_at + i * interval '1 hour', 0, c.updated_at - i * interval '1 hour', 0,
       jsonb_set(c.wire::jsonb, '{firstName}', to_jsonb('No. ' || i))::json
     from contact c, generate_series(1, $3::int4 - 1) i where c.company_id = $1 and c.id = $2`,
    [company.id, id, MANY],
  );
  await server.sql('analyze contact');
});

const page = async (from: string, limit = 5) =>
  (
    await world.company.admin.get(
      `/v1/contacts?limit=${limit}&sort_field=createdAt&created_at_op=gte&created_at=${from}`,
    )
  ).body as { contacts: { createdTime: string }[]; last_batch: number; total_count: number };

/** The statements of what is done, by name. */
async function namesSent(act: () => Promise<unknown>): Promise<string[]> {
  const run = vi.spyOn(world.server.database.read, 'run');
  try {
    await act();
    return run.mock.calls.map(([{ name }]) => name);
  } finally {
    run.mockRestore();
  }
}
const counts = (names: string[]) => names.some((name) => name.startsWith('contact.list.'));

describe('a list of more contacts than are counted', () => {
  it('is not counted for every page, once it is known to be that long', async () => {
    await vi.waitFor(async () => expect(counts(await namesSent(() => page(at(0))))).toBe(false), 10_000);
    const names = await namesSent(async () => {
      for (const n of [1, 10, 100, 500, 900]) {
        const { last_batch, total_count } = await page(at(n));
        expect(last_batch).toBe(5);
        expect(total_count).toBeGreaterThan(10_000);
        expect(total_count).toBeLessThan(MANY * 1.1);
      }
    });
    expect(counts(names)).toBe(false);
  });

  it('is counted where it may be no longer than that', async () => {
    const { total_count } = await page(at(MANY - 10_000));
    expect(total_count).toBe(10_000);
    expect((await page(at(MANY - 3), 200)).total_count).toBe(3);
    expect((await page(at(MANY - 10_001))).total_count).toBeGreaterThan(10_000);
  });

  it('is counted for whoever does not see everything, and for another company', async () => {
    const limited = await world.company.user('limited');
    const seen = await limited.get(`/v1/contacts?created_at_op=gte&created_at=${at(0)}`);
    expect(seen.body.total_count).toBe(0);
    const { body } = await world.other.admin.get(`/v1/contacts?created_at_op=gte&created_at=${at(0)}`);
    expect(body).toEqual({ contacts: [], last_batch: 0, total_count: 0 });
  });

  it.each(['createdAt', 'updatedAt', 'id'])(
    'shows pages far in as those near by, sorted by %s',
    async (sort_field) => {
      for (const sort_order of ['asc', 'desc']) {
        const names = async (offset: number, limit: number) => {
          const query = new URLSearchParams({
            sort_field,
            sort_order,
            offset: `${offset}`,
            limit: `${limit}`,
          });
          const { body } = await world.company.admin.get(`/v1/contacts?${query}`);
          return body.contacts.map(({ firstName }: { firstName: string }) => firstName);
        };
        const across = await names(999, 5);
        expect(new Set(across).size).toBe(5);
        expect(await names(1_000, 4)).toEqual(across.slice(1));
      }
    },
  );

  it('shows the same pages either way', async () => {
    const times = async (from: string) => (await page(from)).contacts.length;
    expect(await times(at(200))).toBe(5);
    const all = await world.company.admin.get('/v1/contacts?limit=200');
    expect(all.body.last_batch).toBe(200);
    expect(all.body.total_count).toBeGreaterThan(10_000);
  });
});
