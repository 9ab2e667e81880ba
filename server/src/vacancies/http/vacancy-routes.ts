import { ExternalParams, Success } from '../../identity/http/schemas.ts';
import { type Answer, type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { createVacancy } from '../create-vacancy.ts';
import { deleteVacancy } from '../delete-vacancy.ts';
import { listVacancies } from '../list-vacancies.ts';
import { readVacancy } from '../read-vacancy.ts';
import { updateVacancy } from '../update-vacancy.ts';
import { NewVacancy, Vacancies, VacanciesQuery, Vacancy, VacancyChange, VacancyParams } from './schemas.ts';
import { standingRoutes } from './standing-routes.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const one = { ...errors, 404: 'No such vacancy, or not for this user' } as const;
const denied = { 403: 'The roles do not include this' } as const;
const taken = { 409: 'An external id is another vacancy’s' } as const;
const changing = {
  409: 'An external id is another vacancy’s, or a stage that would go holds contacts',
} as const;
const deleted = (): Answer => ok({ code: 200, message: 'the vacancy was deleted' });
const CHANGE =
  'Each property that the body names is replaced, whole. updated_at must be later than the stored one.';

const vacancies: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/vacancies',
    permission: 'vacancies.read',
    operationId: 'listVacancies',
    tag: 'vacancy',
    summary: 'List vacancies',
    query: VacanciesQuery,
    responses: { 200: Vacancies, ...errors, ...denied },
    verb: listVacancies,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/vacancy',
    permission: 'vacancies.write',
    operationId: 'createVacancy',
    tag: 'vacancy',
    summary: 'Create a vacancy',
    description:
      'Without stages it gets the usual ones. createdAt and updated_at are taken, since histories are migrated.',
    body: NewVacancy,
    responses: { 200: Vacancy, ...errors, ...denied, ...taken },
    verb: createVacancy,
    input: ({ body }) => body,
    answer: (vacancy) => ({
      status: 200,
      body: vacancy,
      headers: { location: `/v1/vacancy/${vacancy.hash_id}` },
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/vacancy/external/{partnername}/{externalid}',
    permission: 'signed-in',
    operationId: 'getVacancyByExternalId',
    tag: 'vacancy',
    summary: "Read a vacancy by its id in a partner's system",
    params: ExternalParams,
    responses: { 200: Vacancy, ...one },
    verb: readVacancy,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/vacancy/external/{partnername}/{externalid}',
    permission: 'vacancies.write',
    operationId: 'updateVacancyByExternalId',
    tag: 'vacancy',
    summary: "Change a vacancy by its id in a partner's system",
    description: CHANGE,
    params: ExternalParams,
    body: VacancyChange,
    responses: { 200: Vacancy, ...one, ...denied, ...changing },
    verb: updateVacancy,
    input: ({ params, body }) => ({ ref: params, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/vacancy/external/{partnername}/{externalid}',
    permission: 'vacancies.delete',
    operationId: 'deleteVacancyByExternalId',
    tag: 'vacancy',
    summary: "Delete a vacancy by its id in a partner's system",
    params: ExternalParams,
    responses: { 200: Success, ...one, ...denied },
    verb: deleteVacancy,
    input: ({ params }) => params,
    answer: deleted,
  }),
  endpoint({
    method: 'GET',
    path: '/v1/vacancy/{vacancyid}',
    permission: 'signed-in',
    operationId: 'getVacancy',
    tag: 'vacancy',
    summary: 'Read a vacancy by its hash_id, or its id',
    params: VacancyParams,
    responses: { 200: Vacancy, ...one },
    verb: readVacancy,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/vacancy/{vacancyid}',
    permission: 'vacancies.write',
    operationId: 'updateVacancy',
    tag: 'vacancy',
    summary: 'Change a vacancy',
    description: CHANGE,
    params: VacancyParams,
    body: VacancyChange,
    responses: { 200: Vacancy, ...one, ...denied, ...changing },
    verb: updateVacancy,
    input: ({ params, body }) => ({ ref: params, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/vacancy/{vacancyid}',
    permission: 'vacancies.delete',
    operationId: 'deleteVacancy',
    tag: 'vacancy',
    summary: 'Delete a vacancy',
    description: 'Its contacts stay; they lose it within seconds.',
    params: VacancyParams,
    responses: { 200: Success, ...one, ...denied },
    verb: deleteVacancy,
    input: ({ params }) => params,
    answer: deleted,
  }),
];

export const vacancyRoutes: Endpoint[] = [...vacancies, ...standingRoutes];
