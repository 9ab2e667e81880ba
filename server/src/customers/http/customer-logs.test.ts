import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD } from '../../../test/harness.ts';
import { followed } from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { createApp } from '../../app.ts';
import { quarters } from '../../platform/images/fixtures/pictures.ts';
import { createLogger } from '../../platform/logging/logger.ts';

const world = twoCompanies();
let app: Awaited<ReturnType<typeof createApp>>;
let logged = '';
/** Whether the file store fails. */
let failing = false;

beforeAll(async () => {
  const { database, files } = world.server;
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  app = await createApp({
    config: {
      publicUrl: 'http://headwater.test',
      rateCompany: 0,
      rateAuth: 0,
      rateRegistration: 0,
      strict: false,
    },
    secret: 'another secret that only the tests know, and long enough',
    database,
    files: {
      ...files,
      put: (key, bytes, type) =>
        failing ? Promise.reject(new Error('the disk is full')) : files.put(key, bytes, type),
    },
    log: createLogger('trace', destination),
    version: '0.0.0',
  });
});
afterAll(() => app.close());

it('no line of the log holds a name, an email, a password, a token or a photo, whatever happens', async () => {
  const { company, other } = world;
  const photo = (await quarters(8, 8).png().toBuffer()).toString('base64');
  const sign = (password: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v3/api-token-auth/',
      payload: { username: company.admin.email, password, company: company.identifier },
    });
  await sign('a wrong password');
  const { token } = (await sign(PASSWORD)).json();
  const headers = { authorization: `Token ${token}` };
  const list = `/api/v3/companies/${company.id}/customers/`;
  const person = {
    email: 'somebody@private.example',
    username: 'privatename',
    first_name: 'Privatina',
    phone: '+49 30 7654321',
    account_type: 'recruiter',
    photo: `data:image/png;base64,${photo}`,
  };
  const post = (payload: object | string, more: object = {}) =>
    app.inject({
      method: 'POST',
      url: list,
      headers: { ...headers, 'content-type': 'application/json', ...more },
      payload,
    });
  failing = true;
  const faulty = await post(person);
  failing = false;
  expect(faulty.statusCode).toBe(500);
  expect(faulty.json()).toEqual({ detail: expect.any(String) });
  expect(faulty.body).not.toContain('disk');

  const made = await post(person);
  expect(made.statusCode).toBe(201);
  await post(person);
  await post({ ...person, email: other.admin.email });
  await post('{"email": "somebody@private.example');
  await post('privatename', { 'content-type': 'text/privatename' });
  const { photo: address, resource_uri } = made.json();
  await app.inject({ url: followed(address) });
  await app.inject({ url: followed(address).replace(/.\/$/, '/') });
  await app.inject({ url: `${list}?email=${person.email}&order_by=privatename`, headers });
  await app.inject({ method: 'DELETE', url: followed(resource_uri), headers });
  await app.inject({ url: followed(address) });

  expect(logged).toContain('request failed');
  const secrets = [
    'private.example',
    'privatename',
    'Privatina',
    '7654321',
    'a wrong password',
    PASSWORD,
    token,
    token.slice(8),
    company.admin.email,
    photo.slice(0, 40),
    followed(address).split('/').at(-2)!,
  ];
  for (const secret of secrets) expect(logged).not.toContain(secret);
});
