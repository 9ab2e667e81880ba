import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditTrail, contactPath, newContact } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

describe('x-request-id', () => {
  it('200: each answer has an id of its own', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => world.company.admin.get('/v1/contacts')));
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(3);
  });

  it('200: a UUID that comes in is kept, down to the audit row', async () => {
    const requestId = randomUUID();
    const answer = await world.company.admin.post(
      '/v1/contact',
      { fullName: 'Ada' },
      { 'x-request-id': requestId },
    );
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    const rows = await world.server.sql('select subject_id from audit_entry where request_id = $1', [
      requestId,
    ]);
    expect(rows).toEqual([{ subject_id: answer.body.id }]);
  });

  it.each(['not-a-uuid', '12345678', `${randomUUID()}-more`])(
    '200: %s is no UUID and not kept',
    async (given) => {
      const { headers } = await world.company.admin.get('/v1/contacts', { 'x-request-id': given });
      expect(headers.get('x-request-id')).toMatch(UUID);
      expect(headers.get('x-request-id')).not.toContain(given);
    },
  );

  it('404: an unknown route, an unknown method and an unreadable path in the shape of every error', async () => {
    const { token } = world.company.admin;
    const { id } = await newContact(world.company.admin);
    for (const [method, path, status] of [
      ['GET', '/v1/nothing', 404],
      ['PUT', contactPath(id), 404],
      ['GET', '/v1/contact/%zz', 400],
      ['GET', '/nothing', 404],
    ] as const) {
      const requestId = randomUUID();
      const answer = await world.server.call(method, path, { token, headers: { 'x-request-id': requestId } });
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('x-request-id')).toBe(requestId);
      expect(answer.body).toEqual({ code: status, message: expect.any(String), request_id: requestId });
      expect(answer.status).toBe(status);
    }
    expect(await auditTrail(world.server, id)).toEqual(['contact.create']);
  });
});
