import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Admission } from './admission.ts';
import type { Guest } from './budget.ts';
import type { LoadLimits } from './load-limits.ts';
import { Porch } from './porch.ts';
import { refuse } from './refusal.ts';
import { UnreadAnswers } from './unread-answers.ts';

declare module 'http' {
  interface ServerResponse {
    /** Whose the answer is, as soon as that is known. */
    guest?: Guest | undefined;
  }
}

/** These are answered under any load. */
export const VITAL_PATHS = ['/healthz', '/readyz', '/metrics'];
const isVital = ({ url = '/' }: IncomingMessage) => VITAL_PATHS.includes(url.split('?', 1)[0]!);

/** Requests of one connection that wait for their turn; clients that send more before they read are few. */
const MOST_WAITING = 32;
/** Beyond the bound on connections, for saying so; the rest is closed without a word. */
const SPARE_CONNECTIONS = 0.1;

const CONNECTION = Symbol('connection');
interface Connection extends Socket {
  [CONNECTION]: {
    /** The answer that is due. */
    current: ServerResponse | undefined;
    /** Requests that came before the ones ahead of them were answered. */
    waiting: [IncomingMessage, ServerResponse][];
    /** Past the bound: its first request is refused, and it is closed. */
    surplus: boolean;
  };
}
const stateOf = (request: IncomingMessage) => (request.socket as Connection)[CONNECTION];

export interface Door {
  /** Makes the HTTP server; one for each address that is listened on. */
  serve(listener: RequestListener): Server;
  connections(): number;
}

/**
 * What comes before the framework: bounds on connections and time, one request of a connection at a time, and who is
 * refused under load. A client that sends or reads slowly holds its connection, and nothing else.
 */
export function door(options: {
  admission: Admission;
  limits: LoadLimits;
  /** Where requests wait to be let in. */
  entrance: Porch;
  draining(): boolean;
}): Door {
  const { admission, limits, entrance, draining } = options;
  // So many may be refused that it keeps from serving the others: it has as much of a turn as they have, no more.
  const exit = new Porch();
  const unread = new UnreadAnswers(admission.unread, limits.answer, limits.check);
  let connections = 0;

  class Answer extends ServerResponse {
    override guest = undefined;
    override bodyIsHere = undefined;

    override end(...given: never[]): this {
      super.end(...given);
      // Nearly always the kernel has taken all of it.
      const left = this.socket?.writableLength ?? 0;
      if (left > 0) unread.watch(this, this.guest ?? admission.guestOf(this.req), left);
      return this;
    }
  }

  function take(request: IncomingMessage, response: ServerResponse, listener: RequestListener): void {
    const { surplus } = stateOf(request);
    const free = entrance.isFree();
    const welcome = free && !surplus && admission.isCalm();
    if (welcome || isVital(request) || draining()) {
      listener(request, response);
      return;
    }
    const guest = admission.guestOf(request);
    if (surplus || admission.refuses(guest)) turnAway(request, response, surplus);
    else if (free) listener(request, response);
    else {
      // Who waits takes a seat.
      admission.seats.take(guest, 1);
      entrance.wait(() => {
        admission.seats.giveBack(guest, 1);
        if (!response.destroyed) listener(request, response);
      });
    }
  }

  function turnAway(request: IncomingMessage, response: ServerResponse, close = false): void {
    admission.refused++;
    if (exit.isFree()) refuse(request, response, close);
    else exit.wait(() => refuse(request, response, close));
  }

  function serve(listener: RequestListener): Server {
    const server = createServer(
      {
        ServerResponse: Answer,
        headersTimeout: limits.headers,
        requestTimeout: limits.request,
        keepAliveTimeout: limits.idle,
        connectionsCheckingInterval: limits.check,
      },
      (request, response) => {
        const connection = stateOf(request);
        if (response.socket === null) return waitsItsTurn(request, response);
        connection.current = response;
        take(request, response, listener);
      },
    );
    server.timeout = limits.stalled;
    server.maxConnections = Math.ceil(limits.connections * (1 + SPARE_CONNECTIONS));
    server.on('connection', (socket: Connection) => {
      const surplus = ++connections > limits.connections;
      socket[CONNECTION] = { current: undefined, waiting: [], surplus };
      socket.once('close', () => connections--);
    });
    server.on('timeout', endStalled);

    /** Its handler runs when those ahead of it have been taken, so that a connection has one answer in memory. */
    function waitsItsTurn(request: IncomingMessage, response: ServerResponse): void {
      const connection = stateOf(request);
      const { current, waiting } = connection;
      if (waiting.length >= MOST_WAITING) {
        turnAway(request, response);
        return;
      }
      waiting.push([request, response]);
      if (waiting.length > 1) return;
      // Only refusals are ahead of it where the last one that was taken has been answered.
      if (current!.writableFinished) callNext(request.socket);
      else current!.once('close', () => callNext(request.socket));
    }

    function callNext(socket: Socket): void {
      const connection = (socket as Connection)[CONNECTION];
      const next = connection.waiting.shift();
      // Whoever is gone, or was told that the connection ends, gets no more.
      if (!next || socket.writableEnded || socket.destroyed) return;
      connection.current = next[1];
      if (connection.waiting.length > 0) next[1].once('close', () => callNext(socket));
      take(...next, listener);
    }
    return server;
  }
  return { serve, connections: () => connections };
}

/** Nothing has moved for a while: its client is slow, or gone, unless the answer is still being made. */
function endStalled(socket: Socket): void {
  const { current } = (socket as Connection)[CONNECTION];
  const beingMade = current !== undefined && !current.writableEnded;
  if (!beingMade) socket.destroy();
}
