import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { DatabaseBusy } from '../db/errors.ts';
import { atItsLimit } from '../problem.ts';
import type { Admission } from './admission.ts';
import type { Guest } from './budget.ts';
import type { RateLimits } from './rate-limits.ts';
import { refuse } from './refusal.ts';

declare module 'http' {
  interface ServerResponse {
    /** Gives back the room that was made for the request's body. */
    bodyIsHere?: (() => void) | undefined;
  }
}

interface GuardOptions {
  admission: Admission;
  authenticate(request: FastifyRequest): Promise<{ companyId: number }>;
  limits: RateLimits;
}

/** Before every handler but the vital ones: who asks, within which limits, and while it works a seat in the house. */
export function guard(app: FastifyInstance, options: GuardOptions): void {
  const { admission } = options;
  app.addHook('onRoute', (route) => {
    const inner = route.handler;
    const named = [route.onRequest ?? []].flat();
    route.onRequest = [(request, reply) => admit(route, options, request, reply), ...named];
    route.handler = function (request, reply) {
      if (route.config?.vital) return inner.call(this, request, reply);
      reply.raw.bodyIsHere?.();
      const guest = reply.raw.guest ?? admission.guestOf(request.raw);
      return seated(admission, route, guest, () => inner.call(this, request, reply));
    };
  });
}

async function admit(
  route: RouteOptions,
  { admission, authenticate, limits }: GuardOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { permission, signIn, vital, page } = route.config!;
  if (vital) return;
  if (admission.isShut(route, request.raw)) return turnAway(admission, page, request, reply);
  if (permission === 'public') {
    await (signIn ? limits.signIn(reply, request.ip) : limits.stranger(reply, request.ip));
    return receive(admission, admission.guestOf(request.raw), route, request, reply);
  }
  try {
    request.actor = await authenticate(request);
  } catch (error) {
    admission.forget(request.headers.authorization);
    await limits.stranger(reply, request.ip);
    throw error;
  }
  const { companyId } = request.actor as { companyId: number };
  admission.know(request.headers.authorization, companyId);
  await limits.company(reply, companyId);
  receive(admission, companyId, route, request, reply);
}

/** Lets in whose request it turned out to be, and makes room for its body. */
function receive(
  admission: Admission,
  guest: Guest,
  route: RouteOptions,
  { raw: request }: FastifyRequest,
  { raw: response }: FastifyReply,
): void {
  response.guest = guest;
  const bytes = bytesToCome(request.headers, route.bodyLimit);
  if (bytes === 0) return;
  requireRoom(admission, admission.refuses(guest) || admission.bodies.refuses(guest));
  admission.bodies.take(guest, bytes);
  response.bodyIsHere = () => {
    response.bodyIsHere = undefined;
    admission.bodies.giveBack(guest, bytes);
  };
  // It never comes where it is too long, or where the client has gone.
  response.once('close', () => response.bodyIsHere?.());
  request.once('close', () => response.bodyIsHere?.());
}

/** Runs a handler, counted as long as it takes: not while its body comes, nor while its answer is being taken. */
function seated(admission: Admission, route: RouteOptions, guest: Guest, run: () => unknown): unknown {
  const { seats, signIns } = admission;
  const signIn = route.config?.signIn;
  requireRoom(admission, admission.refuses(guest) || (signIn === true && signIns.refuses(guest)));
  const leave = () => {
    seats.giveBack(guest, 1);
    if (signIn) signIns.giveBack(guest, 1);
  };
  seats.take(guest, 1);
  if (signIn) signIns.take(guest, 1);
  let running: unknown;
  try {
    running = run();
  } catch (error) {
    leave();
    throw error;
  }
  if (!(running instanceof Promise)) {
    leave();
    return running;
  }
  running.then(leave, (error) => {
    leave();
    if (error instanceof DatabaseBusy) {
      admission.refused++;
      admission.shut(route, guest);
    }
  });
  return running;
}

function requireRoom(admission: Admission, refused: boolean): void {
  if (!refused) return;
  admission.refused++;
  throw atItsLimit();
}

/** A person is told in a page. */
function turnAway(
  admission: Admission,
  page: boolean | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  admission.refused++;
  if (page) throw atItsLimit();
  reply.hijack();
  refuse(request.raw, reply.raw);
}

const UNDECLARED = 1024 * 1024;

/** How long a body is by its headers; one that does not say is as long as it may be. */
function bytesToCome(headers: { [name: string]: unknown }, limit = UNDECLARED): number {
  const declared = headers['content-length'];
  if (declared !== undefined) return Math.min(Number(declared) || 0, limit);
  return headers['transfer-encoding'] === undefined ? 0 : limit;
}
