import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { adHoc, declaredStatements, type Sql, statement } from './statement.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

type Work = (sql: Sql) => Promise<void>;
describe.each<[string, boolean, (work: Work) => Promise<void>]>([
  ['read by itself', false, (work) => work(server.database.read)],
  ['read as a scan', true, (work) => work(server.database.read)],
  ['in a transaction', false, (work) => server.database.transaction(work)],
])('a composed statement, %s', (way, scan, within) => {
  const composed = (sign: '+' | '-', mark: string) =>
    adHoc({
      text: `select $1::int4 ${sign} 1 as number, $2::text as text /* composed, ${way} ${mark} */`,
      parameters: ['int4', 'text?'],
      row: { number: 'int4', text: 'text?' },
      scan,
    });
  const declared = statement({
    name: `test.declared-${way}`,
    text: `select $1::int4 as number /* declared, ${way} */`,
    parameters: ['int4'],
    row: { number: 'int4' },
    scope: 'server',
    scan,
  });
  const prepared = statement({
    name: `test.prepared-${way}`,
    text: `
      select p.name, p.statement from pg_prepared_statements p
      where p.statement ~ ('/[*] (declared|composed), ' || $1)`,
    parameters: ['text'],
    row: { name: 'text', statement: 'text' },
    scope: 'server',
    scan,
  });

  it('is run each time as it stands', async () => {
    await within(async (sql) => {
      expect(await sql.run(composed('+', 'one'), [1, 'a'])).toEqual([{ number: 2, text: 'a' }]);
      const both = [sql.run(composed('-', 'two'), [1, null]), sql.run(composed('+', 'three'), [2, `it's`])];
      expect(await Promise.all(both)).toEqual([[{ number: 0, text: null }], [{ number: 3, text: `it's` }]]);
    });
  });

  it('is not prepared for good, as a declared one is on the same connection', async () => {
    await within(async (sql) => {
      await sql.run(composed('+', 'once'), [1, 'a']);
      await sql.run(declared, [1]);
      expect(await sql.run(prepared, [way])).toEqual([{ name: declared.name, statement: declared.text }]);
    });
  });
});

it('does not declare what is composed', () => {
  const before = [...declaredStatements.keys()];
  const made = adHoc({ text: ' select 1 ', parameters: [] });
  expect(made).toMatchObject({ name: '', text: 'select 1', parameters: [], row: {}, scan: false });
  expect([...declaredStatements.keys()]).toEqual(before);
});
