import { Type } from 'typebox';
import { type Answer, type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { id, named, text } from '../../platform/http/schema.ts';
import { exchangeClientSecret } from '../exchange-client-secret.ts';
import { signIn } from '../sign-in.ts';
import type { Tokens } from '../tokens.ts';

const Credentials = named(
  'ClientCredentials',
  Type.Object({
    clientId: Type.Optional(text(100)),
    clientSecret: Type.Optional(text(200)),
    client_id: Type.Optional(text(100)),
    client_secret: Type.Optional(text(200)),
    grant_type: Type.Optional(text(100)),
  }),
);

/** A token, for no cache to keep (RFC 6749 §5.1). */
const token = (body: unknown): Answer => ({ ...ok(body), headers: { 'cache-control': 'no-store' } });

export const signInRoutes = (tokens: Tokens): Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/v1/auth',
    permission: 'public',
    signIn: true,
    operationId: 'signIn',
    tag: 'auth',
    summary: 'Sign in',
    description: 'Takes email and password by HTTP Basic. The token is good for 24 hours.',
    responses: {
      200: named('SignedIn', Type.Object({ id: id(), token: Type.String() })),
      400: 'No Basic credentials in the Authorization header',
      401: 'Unknown email or wrong password',
      403: 'Inactive, without access to the CRM, or single sign-on only',
      429: 'Too many requests or failed sign-ins',
    },
    verb: signIn(tokens),
    input: ({ headers }) => ({ authorization: headers.authorization as string | undefined }),
    answer: token,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/oauth/token',
    permission: 'public',
    signIn: true,
    operationId: 'exchangeClientSecret',
    tag: 'auth',
    summary: 'Get a token as an API client',
    body: Credentials,
    consumes: ['application/x-www-form-urlencoded'],
    responses: {
      200: named(
        'AccessToken',
        Type.Object({ access_token: Type.String(), token_type: Type.String(), expires_in: Type.Integer() }),
      ),
      400: 'A credential is missing',
      401: 'Unknown client or wrong secret',
      403: "The client's user is inactive",
      429: 'Too many requests or failed attempts',
    },
    verb: exchangeClientSecret(tokens),
    input: ({ body }) => body,
    answer: token,
  }),
];
