import { expect, it } from 'vitest';
import { companyIdOf, isCompanyId } from './company-id.ts';

it.each(['1', '42', '2147483647'])('%s can be a company', (text) => {
  expect(companyIdOf(text)).toBe(Number(text));
});

it.each([undefined, '', '0', '01', '-1', '1.0', '1e3', '0x10', ' 1', '1\n', '2147483648', '9999999999', '٣'])(
  '%j can be none',
  (text) => {
    expect(companyIdOf(text)).toBeUndefined();
  },
);

it('has no id that PostgreSQL has no room for', () => {
  expect([0, 1, 2 ** 31 - 1, 2 ** 31, 1.5, Number.NaN].map(isCompanyId)).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});
