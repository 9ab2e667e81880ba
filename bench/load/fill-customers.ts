import type { House } from './house.ts';

const CUSTOMERS = 500;

/** Recruiters, by the product's own batch import. */
export async function fillCustomers(house: House): Promise<void> {
  const rows = Array.from({ length: CUSTOMERS }, (_, row) => ({
    pk_attribute: 'email',
    username: `recruiter-${row}@bench.example`,
    email: `recruiter-${row}@bench.example`,
    first_name: 'Robin',
    last_name: `Recruiter ${row}`,
    account_type: 'recruiter',
  }));
  await house.call(
    'POST',
    `/api/v3/companies/${house.companyId}/customers/batch-import/`,
    rows,
    house.suiteToken,
  );
}
