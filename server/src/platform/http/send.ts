import type { FastifyReply } from 'fastify';
import type { Answer } from './endpoint.ts';

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  if (answer.headers) reply.headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  reply.type(answer.contentType ?? 'application/json; charset=utf-8');
  const ready = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  return reply.send(ready ? answer.body : JSON.stringify(answer.body));
}
