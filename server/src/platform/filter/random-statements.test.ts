import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { compileFilter } from './compile-filter.ts';
import { evaluate } from './fixtures/evaluate.ts';
import { statements, things } from './fixtures/statements.ts';
import { createThings, FIELDS, NOW } from './fixtures/things.ts';

const SEED = 20_260_310;
const ROWS = fc.sample(things, { seed: SEED, numRuns: 60 });

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await createThings(server, ROWS);
});
afterAll(() => server.close());

/** For each statement, which rows it holds for; all in one SELECT, with the parameters one after another. */
async function heldBySql(batch: readonly unknown[]): Promise<(boolean | null)[][]> {
  const values: unknown[] = [];
  const expressions = batch.map((data) => {
    const compiled = compileFilter(data, FIELDS, {
      firstParameter: values.length + 1,
      now: NOW,
      path: 'data',
    });
    expect(compiled.types).toHaveLength(compiled.values.length);
    values.push(...compiled.values);
    return compiled.where;
  });
  const rows = await server.sql<{ held: (boolean | null)[] }>(
    `select array[${expressions.join(',\n')}]::bool[] as held from thing t order by t.id`,
    values,
  );
  return batch.map((_, index) => rows.map(({ held }) => held[index]!));
}

it('finds by any statement what plain evaluation finds', async () => {
  let [all, telling] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(statements, { minLength: 1, maxLength: 100, size: 'max' }), async (batch) => {
      const expected = batch.map((data) => ROWS.map((row) => evaluate(data as never, row, NOW)));
      expect(await heldBySql(batch)).toEqual(expected);
      all += batch.length;
      telling += expected.filter((held) => held.includes(true) && held.includes(false)).length;
    }),
    { seed: SEED, numRuns: 100 },
  );
  // The seed is fixed: they are many, and most of them find some rows and not others.
  expect(all).toBeGreaterThan(3_000);
  expect(telling).toBeGreaterThan(all / 2);
});
