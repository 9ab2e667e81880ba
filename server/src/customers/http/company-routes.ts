import { Type } from 'typebox';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { id } from '../../platform/http/schema.ts';
import type { PhotoLinks } from '../photos/photo-links.ts';
import { readCompany, readCompanyByIdentifier } from '../read-company.ts';
import { readCustomUser } from '../read-custom-user.ts';
import { companyWire, customUserWire, referencesAt } from './references.ts';
import { Company, CompanyParams, CustomUser } from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in', 403: 'No customer' } as const;
const tag = 'companies';

/** What the references in a customer lead to. */
export const companyRoutes = ({ publicUrl, links }: { publicUrl: string; links: PhotoLinks }): Endpoint[] => {
  const references = referencesAt(publicUrl, links);
  return [
    endpoint({
      method: 'GET',
      path: '/api/v3/companies/{companyId}/',
      permission: 'customers.read',
      operationId: 'getCompany',
      tag,
      summary: 'Read the company',
      params: CompanyParams,
      responses: { 200: Company, ...errors, 404: 'Another company' },
      verb: readCompany,
      input: ({ params }) => params,
      answer: (company) => ok(companyWire(references, company)),
    }),
    endpoint({
      method: 'GET',
      path: '/api/v3/company-by-identifier/{identifier}/',
      permission: 'customers.read',
      operationId: 'getCompanyByIdentifier',
      tag,
      summary: 'Read the company by its identifier',
      params: Type.Object({ identifier: id() }),
      responses: { 200: Company, ...errors, 404: 'Another company' },
      verb: readCompanyByIdentifier,
      input: ({ params }) => params,
      answer: (company) => ok(companyWire(references, company)),
    }),
    endpoint({
      method: 'GET',
      path: '/api/v3/customusers/{customUserId}/',
      permission: 'customers.read',
      operationId: 'getCustomUser',
      tag,
      summary: 'Read the account behind a customer',
      params: Type.Object({ customUserId: id() }),
      responses: { 200: CustomUser, ...errors, 404: 'No such account' },
      verb: readCustomUser,
      input: ({ params }) => params,
      answer: ({ customer, reader }) => ok(customUserWire(references, reader, customer)),
    }),
  ];
};
