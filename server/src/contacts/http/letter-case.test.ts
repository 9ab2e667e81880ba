import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newContact } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();

/** Words whose lower case is not the same in JavaScript as in PostgreSQL, or is more than one letter, or is ambiguous. */
const WORDS = [
  'İZMİR',
  'ISPARTA ısparta',
  'ΟΔΟΣ',
  'οδος',
  'οδοσ',
  'STRAẞE',
  'Straße',
  'Zoe\u0308',
  'I\u0307',
  'Kelvin \u212a \u212b',
  'ǅ ﬀ Ⱥ Ᏸ',
  '𐐀 𞤀',
];
const some = (word: string) => `${word} ${randomUUID().slice(0, 8)}`;
const tagged = async (...values: string[]) =>
  (await newContact(world.company.admin, { globalTags: values.map((value) => ({ value })) })).globalTags;

describe.each(WORDS)('%s, whatever lower case makes of it', (word) => {
  it('as a tag of contacts is made once and found by every later one', async () => {
    const value = some(word);
    const [tag] = await tagged(value);
    expect(tag).toEqual({ id: expect.any(String), value });
    expect(await tagged(value)).toEqual([tag]);
    expect(await tagged(value, ` ${value} `)).toEqual([tag]);
  });

  it('as an unknown tag in several spellings is as many tags as PostgreSQL tells apart', async () => {
    const value = some(word);
    const spellings = [value, value.toUpperCase(), value.toLowerCase(), value.toLocaleLowerCase('tr')];
    const [{ keys }] = (await world.server.sql<{ keys: string[] }>(
      'select array_agg(distinct lower(v)) as keys from unnest($1::text[]) v',
      [spellings],
    )) as [{ keys: string[] }];
    const made = await tagged(...spellings);
    expect(made[0].value).toBe(value);
    expect(made).toHaveLength(keys.length);
    expect(await tagged(...spellings)).toEqual(made);
  });

  it('as a status is named by its value', async () => {
    const { body: status } = await world.company.admin.post('/v1/statuses', { value: some(word) });
    expect((await newContact(world.company.admin, { status: { value: status.value } })).status).toEqual({
      id: status.id,
      value: status.value,
    });
  });

  it.each([
    ['/v1/globaltags', 'value', {}],
    ['/v1/statuses', 'value', {}],
    ['/v1/contact/customfields', 'name', { type: 'text' }],
    ['/v1/teams', 'name', {}],
  ])('in %s is taken by itself alone', async (path, property, more) => {
    const { admin } = world.company;
    const text = some(word);
    const add = (spelled: string) => admin.post(path, { ...more, [property]: spelled });
    const made = await add(text);
    expect(made.status).toBe(200);
    expect((await add(text)).status).toBe(409);
    for (const spelled of [text.toUpperCase(), text.toLowerCase()]) {
      const [{ same }] = (await world.server.sql<{ same: boolean }>('select lower($1) = lower($2) as same', [
        text,
        spelled,
      ])) as [{ same: boolean }];
      const other = await add(spelled);
      expect([200, 409]).toContain(other.status);
      if (same) expect(other.status).toBe(409);
      const own = await admin.patch(`${path}/${made.body.id}`, { [property]: spelled });
      expect(own.status).toBe(other.status === 200 ? 409 : 200);
      await admin.patch(`${path}/${made.body.id}`, { [property]: text });
    }
  });
});

describe('a tag', () => {
  it('that two requests make at once under two spellings is one', async () => {
    const value = some('İzmir');
    const made = await Promise.all([tagged(value), tagged(value.replace('zmir', 'ZMİR')), tagged(value)]);
    const [{ count }] = (await world.server.sql<{ count: string }>(
      'select count(*) as count from global_tag where value like $1',
      [`%${value.slice(-8)}`],
    )) as [{ count: string }];
    expect(new Set(made.flat().map(({ id }) => id)).size).toBe(Number(count));
  });
});
