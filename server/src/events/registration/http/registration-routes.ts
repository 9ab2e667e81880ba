import { Type } from 'typebox';
import { type Endpoint, endpoint } from '../../../platform/http/endpoint.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { readRegistration } from '../read-registration.ts';
import { register } from '../register.ts';
import { registrationForm, type Sent, TRAP, typed } from './form-body.ts';
import { registrationPage } from './registration-page.ts';

const Link = Type.Object({ slug: Type.String() });
/** The questions are the event's own, so that any name may come. */
const Form = Type.Unsafe<Sent>({
  type: 'object',
  maxProperties: 5_000,
  additionalProperties: { type: 'string', maxLength: 10_000 },
});
const face = {
  path: '/register/{slug}',
  permission: 'public',
  hidden: true,
  page: true,
  tag: 'attractEvents',
} as const;

/** The page where anyone with the link registers for an event. No cookie is involved, and no account. */
export const registrationRoutes = (options: Parameters<typeof register>[0]): Endpoint[] => [
  endpoint({
    ...face,
    method: 'GET',
    operationId: 'readRegistration',
    summary: 'The event and the form to register for it',
    params: Link,
    responses: {
      200: 'The form, or why there is none',
      400: 'An address that is no link',
      404: 'No event has this link',
      410: 'The event was deleted',
    },
    verb: readRegistration,
    input: ({ params }) => params,
    answer: (registration, { headers }) => registrationPage(registration, languageOf(headers), 'GET'),
  }),
  endpoint({
    ...face,
    method: 'POST',
    operationId: 'register',
    summary: 'Register for the event',
    params: Link,
    body: Form,
    consumes: ['application/x-www-form-urlencoded'],
    responses: {
      200: 'Registered; the confirmation goes out by mail',
      400: 'The form again, with the mistakes',
      404: 'No event has this link',
      409: 'The event takes no registration',
      410: 'The event was deleted',
    },
    // More than it takes to make a contact: whether there was one is not in the time.
    noSooner: 120,
    verb: register(options),
    input: ({ params, body, headers }) => ({
      slug: params.slug,
      language: languageOf(headers),
      form: registrationForm(body),
      trap: typed(body, TRAP),
    }),
    answer: (registration, { headers }) => registrationPage(registration, languageOf(headers), 'POST'),
  }),
];
