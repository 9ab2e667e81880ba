import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { Exchange } from './exchange.ts';
import { type ColumnType, type Statement, statement } from './statement.ts';
import { columnTypes } from './types.ts';

const as = (name: string, text: string, parameters: ColumnType[] = []) =>
  statement({ name: `test.exchange-${name}`, text, parameters, scope: 'server' }) as Statement;
const one = as('one', `select $1::int4 as number, $2::text as text, $3::text[] as texts`, [
  'int4',
  'text?',
  'text[]',
]);
const put = as('put', 'insert into exchanged (number) values ($1)', ['int4']);
const all = as('all', 'select number from exchanged order by number');
const inverse = as('inverse', 'select 1 / $1::int4 as number', ['int4']);

let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startServer();
  client = await pipelined();
  await client.query('create table exchanged (number int4 primary key)');
});
afterAll(async () => {
  await client.end();
  await server.close();
});
beforeEach(() => client.query('truncate exchanged'));

async function pipelined(): Promise<pg.Client> {
  const [row] = await server.sql<{ database: string }>('select current_database() as database');
  const config = { ...inject('postgres'), user: 'headwater', database: row!.database, pipeline: true };
  const opened = new pg.Client(config as pg.ClientConfig);
  await opened.connect();
  return opened;
}
function exchange(...asked: [Statement, ...unknown[]][]) {
  const made = new Exchange();
  const answers = Promise.allSettled(asked.map(([what, ...values]) => made.ask(what, values)));
  client.query(made);
  return { made, answers };
}
const kept = (...rows: unknown[]) => ({ status: 'fulfilled', value: rows });
const failed = (code: string) => ({ status: 'rejected', reason: expect.objectContaining({ code }) });
const preparedTimes = async (name: string) =>
  (
    await client.query(
      'select generic_plans + custom_plans as runs from pg_prepared_statements where name = $1',
      [name],
    )
  ).rows;

describe('an exchange', () => {
  it('answers each statement with its rows, and tells the last one by its tag', async () => {
    const texts = ['a "b"', 'c\\d', '', '{}'];
    const { made, answers } = exchange([put, 1], [one, 7, null, texts], [put, 2], [all]);
    expect(await answers).toEqual([
      kept(),
      kept({ number: 7, text: null, texts }),
      kept(),
      kept({ number: 1 }, { number: 2 }),
    ]);
    expect(made.tag).toBe('SELECT 2');
  });

  it('fails whole where one statement does, and has those behind it not run', async () => {
    const { answers } = exchange([put, 1], [inverse, 0], [put, 2]);
    expect(await answers).toEqual([failed('22012'), failed('22012'), failed('22012')]);
    expect(await exchange([all]).answers).toEqual([kept()]);
  });

  it('fails where its end does, though each statement was answered', async () => {
    await client.query(`
      create table once (number int4, constraint once_each unique (number) deferrable initially deferred)`);
    const twice = as('twice', 'insert into once (number) values ($1), ($1)', ['int4']);
    expect(await exchange([twice, 1]).answers).toEqual([failed('23505')]);
    expect(await exchange([as('nobody', 'select from once')]).answers).toEqual([kept()]);
  });

  it('keeps what it begins to what it commits', async () => {
    const begin = as('begin', 'begin');
    const commit = as('commit', 'commit');
    await exchange([begin], [put, 1], [commit], [put, 2], [inverse, 0]).answers;
    expect(await exchange([all]).answers).toEqual([kept({ number: 1 })]);
  });

  it('prepares a statement once a connection', async () => {
    const often = as('often', 'select $1::int4 as number', ['int4']);
    const first = exchange([often, 1], [often, 2]);
    // Sent before the first one is answered.
    const second = exchange([often, 3]);
    expect(await first.answers).toEqual([kept({ number: 1 }), kept({ number: 2 })]);
    expect(await second.answers).toEqual([kept({ number: 3 })]);
    expect(await exchange([often, 4]).answers).toEqual([kept({ number: 4 })]);
    expect(await preparedTimes(often.name)).toEqual([{ runs: '4' }]);
  });

  it.each([
    ['with a value that is none', 'x', '22P02'],
    ['while it runs', 0, '22012'],
  ])('prepares a statement whose first run failed %s, whoever asked meanwhile', async (how, value, code) => {
    const unlucky = as(`unlucky ${how}`, `select 1 / $1::int4 as number /* ${how} */`, ['int4']);
    const first = exchange([unlucky, value], [put, 1]);
    const meanwhile = exchange([unlucky, 1]);
    expect(await first.answers).toEqual([failed(code), failed(code)]);
    expect(await meanwhile.answers).toEqual([kept({ number: 1 })]);
    expect(await exchange([put, 2], [unlucky, 1]).answers).toEqual([kept(), kept({ number: 1 })]);
  });

  it('fails where a row cannot be read, and the connection goes on', async () => {
    const parser = vi.spyOn(columnTypes, 'getTypeParser').mockReturnValueOnce((() => {
      throw new Error('no such text');
    }) as never);
    const { answers } = exchange([as('unreadable', 'select 1 as one')]);
    expect(await answers).toEqual([{ status: 'rejected', reason: new Error('no such text') }]);
    parser.mockRestore();
    expect(await exchange([all]).answers).toEqual([kept()]);
  });

  it('gets over a change of the table that a statement was prepared for', async () => {
    const whole = as('whole', 'select * from exchanged');
    await exchange([put, 1], [whole]).answers;
    await client.query('alter table exchanged add column more text');
    expect(await exchange([whole]).answers).toEqual([failed('0A000')]);
    expect(await exchange([whole]).answers).toEqual([kept({ number: 1, more: null })]);
    await client.query('alter table exchanged drop column more');
  });

  it('runs a statement without a name as it stands', async () => {
    const plus = { ...inverse, name: '', text: 'select $1::int4 + 1 as more' };
    const minus = { ...inverse, name: '', text: 'select $1::int4 - 1 as less' };
    expect(await exchange([plus, 1], [minus, 1]).answers).toEqual([kept({ more: 2 }), kept({ less: 0 })]);
  });

  it('fails all that was not answered when the connection is lost', async () => {
    const lost = await pipelined();
    lost.on('error', () => {});
    const made = new Exchange();
    const answers = Promise.allSettled([
      made.ask(inverse, [1]),
      made.ask(as('own end', 'select pg_terminate_backend(pg_backend_pid())'), []),
      made.ask(inverse, [1]),
    ]);
    lost.query(made);
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const late = new Exchange();
    const never = late.ask(inverse, [1]);
    lost.query(late);
    await expect(never).rejects.toThrow();
  });
});
