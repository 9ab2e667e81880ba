import type { FastifyRequest } from 'fastify';
import { isSuite } from '../../platform/http/suite.ts';
import { unauthorized } from '../../platform/problem.ts';

/** The token of `Authorization: <token>`, `Bearer <token>` or `Token <token>`; a 401 without one. */
export function bearerToken(request: FastifyRequest): string {
  const token = /^(?:(?:bearer|token) +)?([^\s]+)$/i.exec(request.headers.authorization?.trim() ?? '')?.[1];
  if (!token) {
    const where = isSuite(request.url) ? 'POST /api/v3/api-token-auth/' : 'GET /v1/auth';
    throw unauthorized(`the Authorization header must hold a token; get one by ${where}`);
  }
  return token;
}
