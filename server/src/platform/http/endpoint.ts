import type { Static, TSchema } from 'typebox';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler answers. A string body is JSON text already, and like a Buffer goes out as it is. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  contentType?: string;
}

export interface Inputs<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  headers: Record<string, string | string[] | undefined>;
}

/** The part of a verb that the HTTP face needs to know. */
export interface MountedVerb {
  readonly permission: string;
  readonly transaction: boolean;
  companyOf?(input: never): number | undefined;
  run(context: never, input: never): Promise<unknown>;
  direct?(context: never, input: never): Promise<unknown>;
}

/** One row of a feature's route table. */
export interface Endpoint {
  readonly method: Method;
  /** As the reference writes it, `{name}` for a parameter. */
  readonly path: string;
  /** Must be the verb's own: written here so that the table says who may call what. */
  readonly permission: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Body types besides application/json. */
  readonly consumes?: readonly string[];
  /** Takes files: bodies of up to 16 MiB, as multipart (where `consumes` has it) or with data URIs in JSON. */
  readonly upload?: boolean;
  /** The body is a list that only the description's schema tells of: `input` checks it, all mistakes of all rows at once. */
  readonly rows?: boolean;
  /** Status → schema of the body, or a word on a status without one. Errors need no schema: they share one. */
  readonly responses: Readonly<Record<number, TSchema | string>>;
  /** Counted against the sign-in limit of the caller's address, not against a company's. */
  readonly signIn?: boolean;
  /** Not part of an API: left out of the description. */
  readonly hidden?: boolean;
  /** Read by a person in a browser: its errors are pages too. */
  readonly page?: boolean;
  /** Milliseconds that an answer takes at least, where the time it takes would tell what is there. */
  readonly noSooner?: number;
  readonly verb: MountedVerb;
  /** A promise where it takes time that no transaction should. */
  readonly input: (inputs: Inputs<never, never, never>) => unknown;
  readonly answer: (output: never, inputs: Inputs<never, never, never>) => Answer;
}

type StaticOf<S> = S extends TSchema ? Static<S> : Record<never, never>;

/** Declares a route; the types of params, query and body follow from their schemas, input and output from the verb. */
export function endpoint<
  Input,
  Output,
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
>(
  declaration: Omit<Endpoint, 'params' | 'query' | 'body' | 'verb' | 'input' | 'answer'> & {
    params?: P;
    query?: Q;
    body?: B;
    verb: {
      permission: string;
      transaction: boolean;
      run(context: never, input: Input): Promise<Output>;
      direct?(context: never, input: Input): Promise<Output | undefined>;
    };
    input: (inputs: Inputs<StaticOf<P>, StaticOf<Q>, StaticOf<B>>) => Input | Promise<Input>;
    answer: (output: Output, inputs: Inputs<StaticOf<P>, StaticOf<Q>, StaticOf<B>>) => Answer;
  },
): Endpoint {
  return declaration as unknown as Endpoint;
}

/** 200 with a body; a string is JSON text already. */
export const ok = (body: unknown): Answer => ({ status: 200, body });
