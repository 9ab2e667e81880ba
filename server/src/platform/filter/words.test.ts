import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { folded } from '../db/folded.ts';
import { compileFilter } from './compile-filter.ts';
import { SEPARATOR } from './word-separators.ts';
import { wordVector } from './words.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Whether a text is found by a value. */
async function finds(text: string | null, value: string): Promise<boolean> {
  const { where, values } = compileFilter(
    [{ words: { op: 'FULL_TEXT_PREFIX', value } }],
    { words: { kind: 'words', sql: 't.words' } },
    { firstParameter: 2, now: new Date(0), path: 'data' },
  );
  const [row] = await server.sql<{ holds: boolean }>(
    `select ${where} as holds from (select ${wordVector('$1::text')} as words) t`,
    [text, ...values],
  );
  return row!.holds;
}

describe('a text is found', () => {
  it.each([
    ['the beginnings of its words, in any order', 'Campus fair in Berlin', 'ber cam'],
    ['a whole word', 'Campus fair', 'fair'],
    ['another case and without accents', 'GRÜSSE AUS MÜNCHEN', 'grusse Mun'],
    ['accents that it does not have', 'Munchen', 'MÜNCHEN'],
    ['accents written as marks of their own', 'Cafe\u0301', 'Café'],
    ['Greek', 'Οδός', 'ΟΔΟ'],
    ['what is left of a cut at punctuation', "O'Brien", "o'b"],
    ['parts of an email address', 'write to first.last@mail.example', 'last mail'],
    ['parts of an address on the web', 'https://www.x.example/a/path?query=1', 'path quer'],
    ['parts of what hyphens and underscores join', 'state-of-the-art snake_case', 'art case'],
    ['numbers', '12.5% of 3e10, -7', '12 5 3e 7'],
    ['Arabic digits', 'سنة ٢٠٢٥', '٢٠'],
    ['Devanagari, whose vowels are marks', 'हिन्दी', 'हिन्'],
    ['Chinese', '東京の会議、会場', '会場'],
    ['Japanese with its own marks', 'がくせい', 'がく'],
    ['Korean syllables', '한국어', '한국'],
    ['letters beyond the first plane', '𝒜lpha 𐐷eseret', '𐐏'],
    ['the same word again and again', 'again', 'again again AGAIN'],
  ])('by %s', async (_, text, value) => {
    expect(await finds(text, value)).toBe(true);
  });

  it.each([
    ['the middle of a word', 'Berlin', 'erlin'],
    ['a word more than there is', 'Campus fair', 'campus fair berlin'],
    ['a longer word', 'fair', 'fairs'],
    ['marks that are missing', 'हन्दी', 'हिन्दी'],
    ['what means something in a query for words', 'cat', "c | d & !x:* <-> 'dog'"],
    ['anything, where it has no words', '… — !', 'a'],
    ['anything, where it is empty', '', 'a'],
    ['anything, where it is not set', null, 'a'],
  ])('not by %s', async (_, text, value) => {
    expect(await finds(text, value)).toBe(false);
  });

  it.each(['', ' ', '... & | ! :*', '\u0301', '😀'])('by the value %j, which has no words', async (value) => {
    for (const text of ['Campus', '', null]) expect(await finds(text, value)).toBe(true);
  });
});

describe('the limits of PostgreSQL', () => {
  it('are none for long words: they count by their first 255 characters', async () => {
    for (const letter of ['x', 'é', '東', '𐐷']) {
      // 2,050 bytes: PostgreSQL keeps the length of a lexeme in 11 bits.
      for (const length of [255, 300, 2_050, 5_000]) {
        expect(await finds(`a ${letter.repeat(length)} b`, letter.repeat(255))).toBe(true);
        expect(await finds(`a ${letter.repeat(length)} b`, `${letter.repeat(4_000)} b`)).toBe(true);
      }
      expect(await finds(`a ${letter.repeat(254)} b`, letter.repeat(255))).toBe(false);
    }
  });

  it('are none for long texts: of those the first 250,000 characters count', async () => {
    const many = Array.from({ length: 25_000 }, (_, n) => `${'𐐷'.repeat(9)}${n.toString(36)}`).join(' ');
    const text = `first ${many} last`;
    expect(await finds(text, `first ${'𐐷'.repeat(9)}1`)).toBe(true);
    expect(await finds(text, 'last')).toBe(false);
    const rows = await server.sql<{ word: string }>(
      `select unnest(tsvector_to_array(${wordVector('$1::text')})) as word`,
      [text],
    );
    expect(rows.length).toBeGreaterThan(15_000);
    expect(rows.filter(({ word }) => !/^(?:first|𐐷{9}[0-9a-z]{0,3}|𐐷{1,8})$/u.test(word))).toEqual([]);
    expect(await finds('한'.repeat(100_000), '한한')).toBe(true);
  });

  it('are none for values of many words', async () => {
    const words = Array.from({ length: 100 }, (_, n) => `w${n}`).join(' ');
    expect(await finds(words, words)).toBe(true);
    expect(await finds(words, `${words} w101`.slice(3))).toBe(false);
  });

  it('are none for an index', async () => {
    await server.sql('create table prose (words tsvector)');
    await server.sql('create index on prose using gin (words)');
    await server.sql(`insert into prose values (${wordVector('$1::text')})`, [`${'𐐷'.repeat(5_000)} short`]);
    expect(await server.sql(`select from prose where words @@ 'short'::tsquery`)).toHaveLength(1);
  });
});

describe('words within', () => {
  beforeAll(async () => {
    await server.sql('create table kept (company text, words tsvector)');
    await server.sql('create index kept_words on kept using gin (words)');
  });
  beforeEach(() => server.sql('truncate kept'));

  async function keep(company: string, text: string | null): Promise<void> {
    await server.sql(`insert into kept values ($1, ${wordVector('$2', '$1::text')})`, [company, text]);
  }
  function query(company: string, value: string) {
    return compileFilter(
      [{ words: { op: 'FULL_TEXT_PREFIX', value } }],
      { words: { kind: 'words', sql: 'k.words', within: (bind) => bind('text', company) } },
      { firstParameter: 1, now: new Date(0), path: 'data' },
    );
  }
  /** The companies whose rows the words of one find. */
  async function companies(company: string, value: string): Promise<string[]> {
    const { where, values } = query(company, value);
    const rows = await server.sql<{ company: string }>(`select k.company from kept k where ${where}`, values);
    return rows.map((row) => row.company).sort();
  }

  it('find those of the same company and no other, also where its name begins alike', async () => {
    for (const company of ['1', '11', '2', '1-1']) await keep(company, 'Campus fair, 1/1 in München');
    for (const company of ['1', '11', '2', '1-1']) {
      for (const value of ['fair', 'mun cam', '1', '1/1', 'in']) {
        expect(await companies(company, value)).toEqual([company]);
      }
      expect(await companies(company, 'fair berlin')).toEqual([]);
      expect(await companies(company, 'air')).toEqual([]);
    }
    expect(await companies('3', 'fair')).toEqual([]);
    expect(await companies('1', `${'fair '.repeat(3)}1/fair`)).toEqual(['1']);
  });

  it('are what they are without it, after the name', async () => {
    for (const text of ['Grüße aus München', ' ...a--b,', '', '…', '東京 𐐷', "O'Brien \\ & | :*"]) {
      const [row] = await server.sql<{ plain: string[]; within: string[] }>(
        `select tsvector_to_array(${wordVector('$1::text')}) as plain,
          tsvector_to_array(${wordVector('$1::text', '$2::text')}) as within`,
        [text, '7'],
      );
      expect(row!.within).toEqual(row!.plain.map((word) => `7/${word}`));
    }
    await keep('1', null);
    expect(await server.sql('select from kept where words is null')).toHaveLength(1);
  });

  it('find what a value without words finds: everything', async () => {
    for (const company of ['1', '2']) await keep(company, company === '1' ? 'a' : null);
    expect(await companies('1', '...')).toEqual(['1', '2']);
  });

  it('have the limits of the others, to which the name counts', async () => {
    const company = 'a0000000-0000-4000-8000-00000000000f';
    await keep(company, `first ${'𐐷'.repeat(5_000)} ${'a b c '.repeat(60_000)}`);
    expect(await companies(company, `first ${'𐐷'.repeat(4_000)} c`)).toEqual([company]);
    // Without a second cut, these words are more than a tsvector holds.
    const many = Array.from({ length: 60_000 }, (_, n) => n.toString(36)).join(' ');
    await keep(company, `${many} last`);
    expect(await companies(company, 'a1 zz')).toEqual([company]);
    expect(await companies(company, 'last')).toEqual([]);
    const words = Array.from({ length: 100 }, (_, n) => `w${n}`).join(' ');
    await keep(company, words);
    expect(await companies(company, words)).toEqual([company]);
  });

  it('are found by the index, which reads no other company’s', async () => {
    for (const company of ['1', '2', '2', '2']) await keep(company, 'Campus fair');
    const client = await server.database.connect();
    try {
      await client.query('set enable_seqscan = off');
      const { where, values } = query('1', 'fair cam');
      const { rows } = await client.query(
        `explain (analyze, format json) select from kept k where ${where}`,
        values,
      );
      const [{ Plan: heap }] = JSON.parse(rows[0]['QUERY PLAN']);
      expect(heap.Plans[0]).toMatchObject({ 'Index Name': 'kept_words', 'Actual Rows': 1 });
    } finally {
      await client.end();
    }
  });
});

describe('every character', () => {
  let characters: { c: number; separates: boolean; unsafe: boolean }[];
  beforeAll(async () => {
    // Without the surrogates, and without the planes of ideographs and those that are empty.
    characters = await server.sql(`
      select c, ${wordVector('chr(c)')} = '' as separates, ${folded('chr(c)')} ~ '[ ''\\\\]' as unsafe
      from generate_series(1, 917999) as c
      where c not between 55296 and 57343 and c not between 195000 and 917500`);
  });

  it('stands between words here and in SQL, or in neither, by what Unicode says it is', () => {
    const differing = characters.filter(({ c, separates }) => {
      const plain = String.fromCodePoint(c)
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '');
      const here = plain.split(SEPARATOR).every((word) => word === '');
      const unassigned = /[\p{Cn}\p{Co}]/u.test(plain);
      return here !== separates || (!unassigned && here !== /^[^\p{L}\p{N}\p{M}]*$/u.test(plain));
    });
    expect(differing).toEqual([]);
    expect(characters.length).toBeGreaterThan(190_000);
  });

  it('of a word means nothing else in a query, whatever it folds to', () => {
    expect(characters.filter(({ separates, unsafe }) => unsafe && !separates)).toEqual([]);
  });
});
