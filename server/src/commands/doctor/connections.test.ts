import { expect, it } from 'vitest';
import { checkConnections } from './connections.ts';

it.each([
  [1, 100, 'ok', 'may open 19, the database takes 100'],
  [4, 100, 'ok', 'may open 95, the database takes 100'],
  [5, 100, 'warn', 'may open 114, the database takes 100. Raise max_connections'],
])('%i workers, where the database takes %i connections: %s', (workers, most, level, message) => {
  const [finding] = checkConnections({ workers, databasePooler: 'none' }, most);
  expect(finding).toMatchObject({ check: 'connections', level, message: expect.stringContaining(message) });
});

it('nothing is said of a database behind a pooler', () => {
  expect(checkConnections({ workers: 64, databasePooler: 'transaction' }, 100)).toEqual([]);
});
