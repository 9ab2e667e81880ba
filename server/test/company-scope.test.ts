import { describe, expect, it } from 'vitest';
import { openTables } from './company-scope.ts';

const open = (text: string) => openTables(text, new Set(['contact', 'contact_key', 'team']));

describe('openTables', () => {
  it.each([
    'select c.wire from contact c where c.company_id = $1 and c.id = $2',
    'select id from contact where company_id = $1',
    'select 1 from contact_key k join contact c on c.company_id = k.company_id and c.id = k.contact_id where k.company_id = $1',
    'select 1 from contact c where c.company_id = $1 and (c.id = $2 or c.id = $3)',
    'select (select count(*) from contact c where c.company_id = $1) from contact c where c.company_id = $1',
    'select 1 from contact c where c.company_id = $1 and exists (select from team t where t.company_id = c.company_id)',
    'insert into contact (company_id, id) values ($1, $2)',
    'with gone as (delete from team t where t.company_id = $1) update contact c set wire = null where c.company_id = $1',
    "select 'from contact' as text",
    'select count(*) from company c',
  ])('is content with: %s', (text) => {
    expect(open(text)).toEqual([]);
  });

  it.each([
    ['no condition', 'select * from contact'],
    ['another condition', 'select * from contact c where c.id = $1'],
    ['another table is meant', 'select * from contact c, team t where t.company_id = $1'],
    [
      'a join by id alone',
      'select 1 from contact_key k join contact c on c.id = k.contact_id where k.company_id = $1',
    ],
    [
      'a tie to a table that is open too',
      'select 1 from contact_key k join contact c on c.company_id = k.company_id',
    ],
    [
      'a subquery',
      'select 1 from contact c where c.company_id = $1 and exists (select from team t where t.id = $2)',
    ],
    [
      'an alias used anew',
      'select 1 from contact c where c.company_id = $1 and exists (select from team c where c.id = $2)',
    ],
    ['an or beside it', 'select 1 from contact c where c.company_id = $1 or c.id = $2'],
    ['within an or', 'select 1 from contact c where (c.company_id = $1 or c.id = $2)'],
    [
      'an or in a join',
      'select 1 from team t left join contact c on c.company_id = t.company_id or true where t.company_id = $1',
    ],
    [
      'the second half of a union',
      'select 1 from contact c where c.company_id = $1 union all select 1 from team t',
    ],
    [
      'a common table expression',
      'with x as (select id from team) select 1 from contact c where c.company_id = $1',
    ],
    ['an update', 'update contact c set wire = null where c.id = $1'],
    ['a delete', 'delete from contact where id = $1'],
    ['an insert', 'insert into contact (id) values ($1)'],
    ['a company_id that is only selected', 'select c.company_id = $1 as here from contact c'],
  ])('finds a table open: %s', (_what, text) => {
    expect(open(text)).not.toEqual([]);
  });
});
