import type { FastifyReply } from 'fastify';
import type { Answer } from './endpoint.ts';

/** Characters from which on a text is sent as bytes: Node.js copies a text once more, to put the headers before it. */
const LARGE = 32 * 1024;

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  if (answer.headers) reply.headers(answer.headers);
  if (answer.body === undefined) return reply.send();
  reply.type(answer.contentType ?? 'application/json; charset=utf-8');
  const { body } = answer;
  if (Buffer.isBuffer(body)) return reply.send(body);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return reply.send(text.length < LARGE ? text : Buffer.from(text));
}
