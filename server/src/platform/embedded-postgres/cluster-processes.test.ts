import { expect, test } from 'vitest';
import { isPostmasterCommand } from './cluster-processes.ts';

test('a postmaster is told by its command line where there is no /proc', () => {
  const folder = '/Users/eva/head water/postgres';
  const command = `/Users/eva/native/bin/postgres -D ${folder} -c listen_addresses= -k /tmp/s -p 5432\n`;
  expect(isPostmasterCommand(command, folder)).toBe(true);
  expect(isPostmasterCommand(command, '/Users/eva/head')).toBe(false);
  expect(isPostmasterCommand(command, `${folder}/other`)).toBe(false);
  expect(isPostmasterCommand(`tail -f ${folder}/log\n`, folder)).toBe(false);
  expect(isPostmasterCommand('postgres: headwater: checkpointer \n', folder)).toBe(false);
});
