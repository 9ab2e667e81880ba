import { companyById } from '../identity/company-store.ts';
import { notFound } from '../platform/problem.ts';
import { customerQuery, ownQuery } from './customer-verbs.ts';

/** The caller's company. */
export const readCompany = customerQuery((ctx, _: { companyId: string }) =>
  companyById(ctx.sql, ctx.actor.companyId),
);

/** The same by its identifier; another company's is as one that never existed. */
export const readCompanyByIdentifier = ownQuery(async (ctx, { identifier }: { identifier: string }) => {
  const company = await companyById(ctx.sql, ctx.actor.companyId);
  if (company.identifier !== identifier) throw notFound('company');
  return company;
});
