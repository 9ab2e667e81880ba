import { Type } from 'typebox';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { id, moment, named, oneOf } from '../../platform/http/schema.ts';
import { MAIL_STATES, readMails } from '../read-mails.ts';

const Range = Type.Object({
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 50 }),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});

const Mail = named(
  'Mail',
  Type.Object({
    id: id(),
    to: Type.String(),
    subject: Type.String(),
    text: Type.String(),
    html: Type.String(),
    status: oneOf(MAIL_STATES),
    attempts: Type.Integer(),
    createdAt: moment(),
    sentAt: Type.Optional(moment()),
    error: Type.Optional(Type.String({ description: 'Why the last attempt failed.' })),
  }),
);

export const mailRoutes: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/mail',
    permission: 'mail.read',
    operationId: 'listMails',
    tag: 'mail',
    summary: 'List the mails',
    description:
      'Newest first. Without a mail server they wait here, and their links can be followed from here.',
    query: Range,
    responses: {
      200: named('Mails', Type.Object({ mails: Type.Array(Mail), totalCount: Type.Integer() })),
      400: 'Bad request',
      401: 'Not signed in',
      403: 'Not a super admin',
    },
    verb: readMails,
    input: ({ query }) => query,
    answer: ok,
  }),
];
