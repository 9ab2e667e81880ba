import type { Config } from './config.ts';
import { firstCompany, lockCompanies } from './identity/company-store.ts';
import { createCompany } from './identity/create-company.ts';
import { newCompany } from './new-company.ts';
import type { Database } from './platform/db/database.ts';

export interface FirstStart {
  email: string;
  /** Only where this start made the company and no password was given. */
  generatedPassword: string | undefined;
}

/** Makes the first company where there is none; of several servers that start at once, one does. */
export async function firstStart(database: Database, config: Config): Promise<FirstStart> {
  return database.transaction(async (tx) => {
    await lockCompanies(tx);
    const there = await firstCompany(tx);
    if (there) return { email: there.admin_email ?? config.adminEmail, generatedPassword: undefined };
    const { generatedPassword } = await createCompany(
      tx,
      { identifier: config.company, email: config.adminEmail, password: config.adminPassword },
      newCompany,
    );
    return { email: config.adminEmail, generatedPassword };
  });
}
