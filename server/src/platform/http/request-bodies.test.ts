import { describe, expect, it } from 'vitest';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const JSON_TYPE = 'application/json';
const post = (body: string, type = JSON_TYPE) =>
  world.server.call('POST', '/v1/contact', {
    token: world.company.admin.token,
    body,
    headers: { 'content-type': type },
  });

describe('request bodies', () => {
  it('200: JSON whatever its charset parameter, up to 1 MiB', async () => {
    const most = 1024 * 1024;
    const around = JSON.stringify({ fullName: 'Ada', padding: '' }).length;
    const full = JSON.stringify({ fullName: 'Ada', padding: 'x'.repeat(most - around) });
    expect(Buffer.byteLength(full)).toBe(most);
    expect((await post(full, 'application/json; charset=utf-8')).status).toBe(200);
  });

  it('413: more than 1 MiB, declared or streamed', async () => {
    const body = JSON.stringify({ fullName: 'Ada', padding: 'x'.repeat(1024 * 1024) });
    const declared = await post(body);
    expect([declared.status, declared.body.code]).toEqual([413, 413]);
    const streamed = await fetch(`${world.server.url}/v1/contact`, {
      method: 'POST',
      headers: { authorization: world.company.admin.token, 'content-type': JSON_TYPE },
      body: new Blob([body]).stream(),
      duplex: 'half',
    });
    expect(streamed.status).toBe(413);
    expect(await streamed.json()).toMatchObject({ code: 413 });
  });

  it.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'x',
  ])('415: %s', async (type) => {
    const { status, body } = await post('fullName=Ada', type);
    expect([status, body.code]).toEqual([415, 415]);
  });

  it.each([
    '{',
    '{"fullName": "Ada",}',
    "{'fullName': 'Ada'}",
    'fullName',
    '{"a": NaN}',
    '\u{feff}{}',
    '{}{}',
  ])('400: %j is no JSON, and is not quoted back', async (text) => {
    const { status, body } = await post(text);
    expect([status, body.code]).toEqual([400, 400]);
    expect(body.message).not.toContain('fullName');
  });

  it('400: bytes that are no UTF-8', async () => {
    const answer = await fetch(`${world.server.url}/v1/contact`, {
      method: 'POST',
      headers: { authorization: world.company.admin.token, 'content-type': JSON_TYPE },
      body: Buffer.from('{"fullName": "\xff\xfe"}', 'latin1'),
    });
    expect(answer.status).toBe(400);
  });

  it.each(['', 'null', '[]', '[{}]', '"Ada"', '7', 'true'])('400: %j is no object', async (text) => {
    const { status, body } = await post(text);
    expect([status, body.message]).toEqual([400, expect.stringMatching(/^body: /)]);
  });

  it.each([
    ['fullName', '7'],
    ['fullName', 'true'],
    ['fullName', '{}'],
    ['doNotContact', '"false"'],
    ['doNotContact', '0'],
    ['emails', '"ada@example.org"'],
    ['emails', '{"0": "ada@example.org"}'],
    ['gdprConsentDate', '1700000000'],
    ['location', '"Berlin"'],
    ['location', '{"geoPoint": {"lat": "52", "lon": 13}}'],
  ])('400: %s does not become what it is not from %s', async (field, value) => {
    const { status, body } = await post(`{"lastName": "King", "${field}": ${value}}`);
    expect(status).toBe(400);
    expect(body.message.startsWith(field)).toBe(true);
  });

  it('400: nested a hundred thousand deep, wherever it is', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    for (const body of [deep, objects, `{"emails": ${deep}}`, `{"location": ${objects}}`]) {
      expect((await post(body)).status).toBe(400);
    }
    const ignored = await post(
      `{"fullName": "Ada", "unheardOf": ${deep}, "location": {"city": "X", "moon": ${objects}}}`,
    );
    expect([ignored.status, ignored.headers.get('x-ignored-fields')]).toEqual([
      200,
      'unheardOf, location.moon',
    ]);
  });

  it('200: names that mean something to JavaScript are names like others', async () => {
    const { status, headers, body } = await post(
      '{"fullName": "Ada", "__proto__": {"confidential": true}, "constructor": 1, "toString": "x"}',
    );
    expect([status, body.confidential]).toEqual([200, false]);
    expect(headers.get('x-ignored-fields')).toBe('__proto__, constructor, toString');
  });

  it('400: text that cannot be kept as it is', async () => {
    for (const text of ['"\\u0000"', '"\\ud800"']) {
      const { status, body } = await post(`{"fullName": ${text}}`);
      expect([status, body.message.split(': ')[0]]).toEqual([400, 'fullName']);
    }
    expect((await post('{"fullName": "Ada", "\\u0000": "\\u0000"}')).status).toBe(200);
  });
});
