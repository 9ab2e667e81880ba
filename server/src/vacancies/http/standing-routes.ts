import { Type } from 'typebox';
import { ContactParams } from '../../contacts/http/schemas.ts';
import { Success } from '../../identity/http/schemas.ts';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { text } from '../../platform/http/schema.ts';
import { listContactVacancies } from '../list-contact-vacancies.ts';
import { listVacancyContacts, readVacancyHistory } from '../list-vacancy-contacts.ts';
import { placeOnVacancy, takeOffVacancy } from '../place-on-vacancy.ts';
import {
  ContactVacancies,
  range,
  Standing,
  VacancyContact,
  VacancyContactParams,
  VacancyContacts,
  VacancyHistory,
  VacancyParams,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const one = { ...errors, 404: 'No such vacancy or contact, or not for this user' } as const;
const denied = { 403: 'The roles do not include this' } as const;
const locked = { 409: 'The stage that the contact is on is locked' } as const;

/** Who is on a vacancy, and where. */
export const standingRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/vacancy/{vacancyid}/contacts',
    permission: 'signed-in',
    operationId: 'listVacancyContacts',
    tag: 'vacancy',
    summary: 'List the contacts on a vacancy',
    params: VacancyParams,
    query: Type.Object({ ...range, stage: Type.Optional(text(100)) }),
    responses: { 200: VacancyContacts, ...one },
    verb: listVacancyContacts,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ok,
  }),
  endpoint({
    method: 'GET',
    path: '/v1/vacancy/{vacancyid}/history',
    permission: 'signed-in',
    operationId: 'getVacancyHistory',
    tag: 'vacancy',
    summary: 'Read how contacts came to a vacancy, moved, were rejected and left',
    params: VacancyParams,
    query: Type.Object({ ...range, contactId: Type.Optional(text(100)) }),
    responses: { 200: VacancyHistory, ...one },
    verb: readVacancyHistory,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ok,
  }),
  endpoint({
    method: 'PUT',
    path: '/v1/vacancy/{vacancyid}/contacts/{contactid}',
    permission: 'vacancies.write',
    operationId: 'placeContactOnVacancy',
    tag: 'vacancy',
    summary: 'Put a contact on a vacancy, move or reject it there',
    description:
      'Without a stage it comes to the first one, or stays where it is. A rejectionReason of null takes a rejection back.',
    params: VacancyContactParams,
    body: Standing,
    responses: { 200: VacancyContact, ...one, ...denied, ...locked },
    verb: placeOnVacancy,
    input: ({ params, body }) => ({ ref: params, input: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/vacancy/{vacancyid}/contacts/{contactid}',
    permission: 'vacancies.write',
    operationId: 'takeContactOffVacancy',
    tag: 'vacancy',
    summary: 'Take a contact off a vacancy',
    params: VacancyContactParams,
    responses: { 200: Success, ...one, ...denied, ...locked },
    verb: takeOffVacancy,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the contact is off the vacancy' }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/contact/{contactid}/vacancies',
    permission: 'signed-in',
    operationId: 'listContactVacancies',
    tag: 'contact',
    summary: 'List the vacancies that a contact is on',
    params: ContactParams,
    query: Type.Object({ ...range, queryString: Type.Optional(text(500)) }),
    responses: { 200: ContactVacancies, ...errors, 404: 'No such contact, or not for this user' },
    verb: listContactVacancies,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ok,
  }),
];
