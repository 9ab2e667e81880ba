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
  expect(Object.keys(body), where).toEqual(['code', 'message', 'request_id']);
  expect(body, where).toMatchObject({ code: status, request_id: requestId });
  expect(body.message, where).toMatch(/\S/);
  expect(body.message.length, where).toBeLessThan(2_000);
  expect(body.message, where).not.toMatch(
    /node_modules|\.ts:\d|\n\s+at |select .* from |syntax error|violates/i,
  );
}
