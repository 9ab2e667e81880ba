import { Type } from 'typebox';
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts';
import { languageOf } from '../../platform/http/language.ts';
import { type AfterAccepting, acceptInvitation, readInvitation } from '../accept-invitation.ts';
import { invitationPage } from './invitation-page.ts';

const Link = Type.Object({ token: Type.String() });
const Form = Type.Object({
  password: Type.Optional(Type.String()),
  repetition: Type.Optional(Type.String()),
});
const face = {
  path: '/invitation/{token}',
  permission: 'public',
  signIn: true,
  hidden: true,
  page: true,
  tag: 'auth',
} as const;

/** The pages behind an invitation's link. No cookie is involved, so there is nothing a foreign page could borrow. */
export const invitationRoutes = ({
  publicUrl,
  afterAccepting,
}: {
  publicUrl: string;
  afterAccepting: readonly AfterAccepting[];
}): Endpoint[] => [
  endpoint({
    ...face,
    method: 'GET',
    operationId: 'readInvitation',
    summary: 'The form to choose a password',
    params: Link,
    responses: { 200: 'The form', 400: 'An address that is no link', 404: 'A dead link' },
    verb: readInvitation,
    input: ({ params }) => params,
    answer: (invited, { headers }) => invitationPage(invited, languageOf(headers), publicUrl),
  }),
  endpoint({
    ...face,
    method: 'POST',
    operationId: 'acceptInvitation',
    summary: 'Set the chosen password',
    params: Link,
    body: Form,
    consumes: ['application/x-www-form-urlencoded'],
    responses: { 200: 'The password is set', 400: 'The form again, with the mistake', 404: 'A dead link' },
    verb: acceptInvitation(afterAccepting),
    input: ({ params, body }) => ({
      token: params.token,
      password: body.password ?? '',
      repetition: body.repetition ?? '',
    }),
    answer: (invited, { headers }) => invitationPage(invited, languageOf(headers), publicUrl),
  }),
];
