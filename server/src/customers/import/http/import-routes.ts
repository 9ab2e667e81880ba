import { Type } from 'typebox';
import { type Endpoint, endpoint, ok } from '../../../platform/http/endpoint.ts';
import { SuiteErrorBody } from '../../../platform/http/schema.ts';
import { referencesAt } from '../../http/references.ts';
import { CompanyParams } from '../../http/schemas.ts';
import type { PhotoLinks } from '../../photos/photo-links.ts';
import { type Imported, importCustomers } from '../import-customers.ts';
import { readRows } from './read-rows.ts';
import { ImportedList, ImportQuery, ImportResult } from './schemas.ts';

const RowMistakes = Type.Array(
  Type.Object({
    index: Type.Integer({ description: 'The place of the row, from 0.' }),
    errors: Type.Record(Type.String(), Type.Array(Type.String()), { description: 'Sentences by field.' }),
  }),
);

/** `publicUrl` is without a trailing slash. */
export const importRoutes = ({ publicUrl, links }: { publicUrl: string; links: PhotoLinks }): Endpoint[] => {
  const { customer } = referencesAt(publicUrl, links);
  return [
    endpoint({
      method: 'POST',
      path: '/api/v3/companies/{companyId}/customers/batch-import/',
      permission: 'customers.administrate',
      operationId: 'importCustomers',
      tag: 'customers',
      summary: 'Import the list of all active customers',
      description:
        'Creates and invites whoever is missing, reactivates whoever is listed but inactive, deactivates whoever is not ' +
        'listed and below the caller, and changes nothing else: all of it, or, where a row is mistaken, nothing. Rows are ' +
        'known by pk_attribute, which is the same in all of them. For owners and admins.',
      params: CompanyParams,
      query: ImportQuery,
      body: ImportedList,
      upload: true,
      rows: true,
      responses: {
        200: ImportResult,
        400: {
          ...Type.Union([RowMistakes, SuiteErrorBody]),
          description:
            'Every row with mistakes, up to 1,000 of them; or what is wrong with the request as a whole',
        },
        401: 'Not signed in',
        403: 'Neither owner nor admin',
        404: 'Another company’s path',
        409: 'Another import or change came in between, again and again',
      },
      verb: importCustomers({ publicUrl }),
      input: async ({ params, query, body }) => ({
        ...params,
        dryRun: query.dry_run,
        list: await readRows(body),
      }),
      answer: (output, { params }) => {
        const part = ({ count, numbers }: Imported) => ({
          count,
          objects: numbers.map((number) => customer(Number(params.companyId), number)),
        });
        return ok({
          created: part(output.created),
          reactivated: part(output.reactivated),
          deactivated: part(output.deactivated),
          unchanged: part(output.unchanged),
        });
      },
    }),
  ];
};
