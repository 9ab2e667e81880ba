/** What went wrong with a request, independent of which API's shape it is answered in. Never thrown for our own faults. */
export class Problem extends Error {
  readonly status: number;
  /** Field path → sentences, where the mistake is in named fields. */
  readonly fields: Record<string, string[]> | undefined;
  /** Where the mistakes are in rows of a list: each row's place, and its fields as above. */
  readonly rows: { index: number; errors: Record<string, string[]> }[] | undefined;
  /** Seconds to wait, for the statuses that carry Retry-After. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    message: string,
    more: { fields?: Problem['fields']; rows?: Problem['rows']; retryAfter?: number } = {},
  ) {
    super(message);
    this.status = status;
    this.fields = more.fields;
    this.rows = more.rows;
    this.retryAfter = more.retryAfter;
  }
}

/** 400 about one field: its JSON path and what would be accepted. */
export function invalid(path: string, expected: string): Problem {
  return new Problem(400, `${path}: ${expected}`, { fields: { [path]: [expected] } });
}

export const unauthorized = (message: string) => new Problem(401, message);
export const forbidden = (message: string) => new Problem(403, message);
export const notFound = (what: string) => new Problem(404, `${what} not found`);
export const conflict = (message: string) => new Problem(409, message);
export const tooMany = (message: string, retryAfter: number) => new Problem(429, message, { retryAfter });
export const atItsLimit = () => tooMany('the server is at its limit; try again shortly', 1);
export const notAccepted = () =>
  new Problem(415, 'the content type is not accepted here; send application/json');
