import { expect } from 'vitest';
import { isUuid } from '../../src/platform/uuid.ts';

export interface Asked {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  text: string;
  /** A page for people: its errors are HTML. */
  page: boolean;
}

/** What holds for every answer, whatever was asked. Throws where it does not. */
export function checkAnswer(asked: Asked, secrets: readonly string[]): void {
  const { method, status, headers, text } = asked;
  const where = `${method} ${asked.path.slice(0, 200)}: ${status} ${text.slice(0, 500)}`;
  expect(status, where).toBeLessThan(500);
  expect(status, where).toBeGreaterThanOrEqual(200);
  const requestId = headers.get('x-request-id') ?? '';
  expect(isUuid(requestId), `no x-request-id: ${where}`).toBe(true);
  expect(headers.get('x-content-type-options'), where).toBe('nosniff');
  const told = [text, ...headers.values()].join('\n');
  for (const secret of secrets)
    expect(told.includes(secret), `tells of the other company: ${where}`).toBe(false);
  if (status < 400 || method === 'HEAD') return;
  if (asked.page) {
    expect(headers.get('content-type'), where).toBe('text/html; charset=utf-8');
    return;
  }
  expect(headers.get('content-type'), where).toBe('application/json; charset=utf-8');
  const body = JSON.parse(text);
  for (const sentence of isSuite(asked.path) ? suiteSentences(body, asked) : [sentenceOf(body, asked)]) {
    expect(sentence, where).toMatch(/\S/);
    expect(sentence.length, where).toBeLessThan(2_000);
    expect(sentence, where).not.toMatch(
      /node_modules|\.ts:\d|\n\s+at |select .* from |syntax error|violates/i,
    );
  }
}

/** Also of a request line. */
const isSuite = (path: string) => /^(?:[A-Z]+ )?\/api\/v3/.test(path);

function sentenceOf(body: Record<string, unknown>, { status, headers }: Asked): string {
  expect(Object.keys(body)).toEqual(['code', 'message', 'request_id']);
  expect(body).toMatchObject({ code: status, request_id: headers.get('x-request-id') });
  return String(body.message);
}

/** Of {detail}, of {field: [sentences]}, or of an import, by the place of the row: [{index, errors}]. */
function suiteSentences(body: object, { path, status }: Asked): string[] {
  if (!Array.isArray(body)) return sentencesByField(body, status);
  expect([status, path]).toEqual([400, expect.stringMatching(/\/batch-import\/?(?:\?|$)/)]);
  const places = body.map(({ index }) => index);
  expect(places.every(Number.isInteger)).toBe(true);
  expect(places).toEqual([...new Set(places)].toSorted((one, other) => one - other));
  return body.flatMap((row) => {
    expect(Object.keys(row)).toEqual(['index', 'errors']);
    return sentencesByField(row.errors, status);
  });
}

function sentencesByField(body: object, status: number): string[] {
  expect(Object.keys(body).length).toBeGreaterThan(0);
  if ('detail' in body && typeof body.detail === 'string') {
    expect(Object.keys(body)).toEqual(['detail']);
    return [body.detail];
  }
  expect(status).toBe(400);
  return Object.values(body).flatMap((sentences) => {
    expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of sentences) expect(sentence).toBeTypeOf('string');
    return sentences;
  });
}
