import type { Most } from './budget.ts';

const MIB = 1024 * 1024;

/** What one process takes on at a time. Times are in milliseconds, sizes in bytes. */
export interface LoadLimits {
  /** For a request's headers. */
  headers: number;
  /** For a whole request, its body included. */
  request: number;
  /** Between two requests on one connection. */
  idle: number;
  /** Without any progress, while an answer is being taken. */
  stalled: number;
  /** Until an answer has been taken whole. */
  answer: number;
  /** How often the two for requests, and the one for answers, are looked at. */
  check: number;
  connections: number;
  /** Requests that are worked on, or wait for the database. */
  seats: { companies: Most; strangers: Most };
  /** Of those, requests that check a password, which takes a processor for a while. */
  signIns: { companies: Most; strangers: Most };
  /** Bytes of answers that their clients have not taken yet. */
  unread: { companies: Most; strangers: Most };
  /** Bytes of bodies that are on their way here. */
  bodies: { companies: Most; strangers: Most };
  /** How long a request may wait for the processor, or a short statement for the database. */
  wait: number;
}

export const LOAD_LIMITS: Readonly<LoadLimits> = {
  headers: 10_000,
  request: 30_000,
  idle: 72_000,
  stalled: 30_000,
  answer: 120_000,
  check: 1_000,
  connections: 10_000,
  seats: { companies: { all: 500, ofOne: 500 }, strangers: { all: 200, ofOne: 200 } },
  signIns: { companies: { all: 30, ofOne: 30 }, strangers: { all: 30, ofOne: 30 } },
  unread: {
    companies: { all: 64 * MIB, ofOne: 32 * MIB },
    strangers: { all: 32 * MIB, ofOne: 16 * MIB },
  },
  bodies: {
    companies: { all: 128 * MIB, ofOne: 64 * MIB },
    strangers: { all: 32 * MIB, ofOne: 16 * MIB },
  },
  wait: 300,
};
