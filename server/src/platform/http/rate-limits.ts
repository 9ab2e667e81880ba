import type { FastifyReply } from 'fastify';
// rate-limiter-flexible: the most used limiter for Node, with stores for several processes.
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '../problem.ts';
import type { LimitShares } from './limit-shares.ts';

export interface RateLimits {
  /** By the caller's address, for the endpoints that take a password or a secret. */
  signIn(reply: FastifyReply, address: string): Promise<void>;
  company(reply: FastifyReply, companyId: number): Promise<void>;
  /** By address, at a company's rate, for requests that belong to no company. */
  stranger(reply: FastifyReply, address: string): Promise<void>;
}

/** What a process gives out that has no others beside it. */
const undivided: Pick<LimitShares, 'take'> = { take: (_key, limit) => limit };

/**
 * Requests a second; 0 = off. Each call counts one request, sets the x-ratelimit headers, and throws a 429 past this
 * process's share of the limit.
 */
export function rateLimits(rates: { company: number; auth: number }, shares = undivided): RateLimits {
  const limiter = (points: number) => {
    if (points === 0) return async () => {};
    const counter = new RateLimiterMemory({ points, duration: 1 });
    return async (reply: FastifyReply, key: string) => {
      const share = shares.take(key, points);
      const result = await counter.consume(key).catch((refused: RateLimiterRes) => refused);
      const seconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
      reply.header('x-ratelimit-limit', `${points};w=1`);
      reply.header('x-ratelimit-remaining', Math.max(0, share - result.consumedPoints));
      reply.header('x-ratelimit-reset', seconds);
      if (result.consumedPoints > share) {
        throw tooMany(`more than ${points} requests a second; try again in ${seconds} s`, seconds);
      }
    };
  };
  const auth = limiter(rates.auth);
  const company = limiter(rates.company);
  return {
    signIn: (reply, address) => auth(reply, `sign-in ${address}`),
    company: (reply, companyId) => company(reply, `company ${companyId}`),
    stranger: (reply, address) => company(reply, `address ${address}`),
  };
}
