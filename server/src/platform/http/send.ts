import type { FastifyReply } from 'fastify';
import type { Answer } from './endpoint.ts';

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  if (answer.headers) reply.headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  reply.type(answer.contentType ?? 'application/json; charset=utf-8');
  return reply.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}
