import { Type } from 'typebox';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { id, moment, named, oneOf } from '../../platform/http/schema.ts';
import { MAIL_STATES } from '../mail.ts';
import { readMail, readMails } from '../read-mails.ts';
import { retryMail } from '../retry-mail.ts';

const Range = Type.Object({
  status: Type.Optional(oneOf(MAIL_STATES)),
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 50 }),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});
const MailParams = Type.Object({ mailid: id() });

const Attachment = named(
  'MailAttachment',
  Type.Object({
    filename: Type.String(),
    contentType: Type.String(),
    content: Type.String({ description: 'Base64.' }),
  }),
);

const Mail = named(
  'Mail',
  Type.Object({
    id: id(),
    to: Type.String(),
    subject: Type.String(),
    text: Type.String(),
    html: Type.String(),
    attachments: Type.Optional(Type.Array(Attachment)),
    status: oneOf(MAIL_STATES),
    attempts: Type.Integer(),
    createdAt: moment(),
    sentAt: Type.Optional(moment()),
    nextAttemptAt: Type.Optional({
      ...moment(),
      description: 'Of one that waits: when it is tried next. What is past is tried as soon as possible.',
    }),
    error: Type.Optional(Type.String({ description: 'Why the last attempt failed.' })),
  }),
);

const face = { tag: 'mail' } as const;
const refusals = { 401: 'Not signed in', 403: 'Not a super admin' } as const;
const oneMail = { 400: 'Bad request', ...refusals, 404: 'No such mail' } as const;

export const mailRoutes: readonly Endpoint[] = [
  endpoint({
    ...face,
    method: 'GET',
    path: '/v1/mail',
    permission: 'mail.read',
    operationId: 'listMails',
    summary: 'List the mails',
    description:
      'Newest first. Without a mail server they wait here, and their links can be followed from here.',
    query: Range,
    responses: {
      200: named('Mails', Type.Object({ mails: Type.Array(Mail), totalCount: Type.Integer() })),
      400: 'Bad request',
      ...refusals,
    },
    verb: readMails,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    ...face,
    method: 'GET',
    path: '/v1/mail/{mailid}',
    permission: 'mail.read',
    operationId: 'getMail',
    summary: 'Read a mail',
    params: MailParams,
    responses: { 200: Mail, ...oneMail },
    verb: readMail,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    ...face,
    method: 'POST',
    path: '/v1/mail/{mailid}/retry',
    permission: 'mail.write',
    operationId: 'retryMail',
    summary: 'Try to send a mail again',
    description:
      'At once. A failed one waits again, its attempts counted from zero. One that is on its way just now is left alone.',
    params: MailParams,
    responses: { 200: Mail, ...oneMail, 409: 'It was sent already' },
    verb: retryMail,
    input: ({ params }) => params,
    answer: ok,
  }),
];
