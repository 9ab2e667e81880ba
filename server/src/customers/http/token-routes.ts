import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { obtainToken } from '../sessions/obtain-token.ts';
import { Credentials, Token } from './schemas.ts';

export const tokenRoutes: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/api/v3/api-token-auth/',
    permission: 'public',
    signIn: true,
    operationId: 'obtainCustomerToken',
    tag: 'customers',
    summary: 'A token for a username and a password',
    description: 'Of 40 hexadecimal digits, for `Authorization: Token <token>`. A token of /v1 works too.',
    body: Credentials,
    responses: { 200: Token, 400: 'Something is missing, or wrong' },
    verb: obtainToken,
    input: ({ body }) => ({
      ...body,
      extended_expiration_period: body.extended_expiration_period ?? undefined,
    }),
    answer: ok,
  }),
];
