import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { auditTrail, essence, someEmail } from '../../../test/factories.ts';
import { type Answer, PASSWORD, type TestCompany } from '../../../test/harness.ts';
import {
  accountOf,
  asCustomer,
  customerPath,
  customersPath,
  followed,
  newCustomer,
  numberOf,
  ownerOf,
  sendForm,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { noise, quarters } from '../../platform/images/fixtures/pictures.ts';

type Body = Answer['body'];

const world = twoCompanies({ background: { poll: 20 } });
const pathOf = (customer: Body) => customerPath(world.company, numberOf(customer));
const someone = (more: object = {}) => ({ email: someEmail(), account_type: 'recruiter', ...more });
const uriOf = (bytes: Uint8Array, type: string) =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const bytesOf = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const PICTURES = {
  'image/jpeg': await quarters(60, 40).jpeg().toBuffer(),
  'image/png': await quarters(60, 40).png().toBuffer(),
  'image/webp': await quarters(60, 40).webp().toBuffer(),
};
const GIF = await quarters(4, 4).gif().toBuffer();
const PNG = uriOf(PICTURES['image/png'], 'image/png');

/** A picture as a browser gets it, without a header. */
async function look(address: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(world.server.url + followed(address));
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
const statusOf = async (address: string) => (await look(address)).status;

/** The names of the files that are kept for a company. */
async function filesOf({ id }: TestCompany): Promise<string[]> {
  const [row] = await world.server.sql<{ name: string }>('select current_database() as name');
  const folder = path.join(tmpdir(), `headwater-${row!.name}`, 'files', 'companies', String(id), 'photos');
  return readdir(folder).catch(() => []);
}

const refused = ({ status, body }: Answer) =>
  expect([status, body]).toEqual([400, { photo: [expect.any(String)] }]);

describe('a photo comes', () => {
  it.each(Object.entries(PICTURES))('201, 202: as a data URI of %s', async (type, bytes) => {
    const { admin } = world.company;
    const created = await admin.post(customersPath(world.company), someone({ photo: uriOf(bytes, type) }));
    expect(created.status).toBe(201);
    const changed = await admin.patch(pathOf(await newCustomer(world.company)), {
      photo: uriOf(bytes, type),
    });
    expect(changed.status).toBe(202);
    for (const { body } of [created, changed]) {
      const { status, headers, bytes: answered } = await look(body.photo);
      expect([status, headers.get('content-type')]).toEqual([200, type]);
      const { format, width, height } = await sharp(answered).metadata();
      expect([`image/${format}`, width, height]).toEqual([type, 60, 40]);
    }
  });

  it.each(Object.entries(PICTURES))(
    '201, 202: as a file of a form, %s by its content',
    async (type, bytes) => {
      const { token } = await ownerOf(world.server, world.company);
      const created = await sendForm(world.server, 'POST', customersPath(world.company), token, [
        ['photo', bytesOf(bytes)],
        ['email', someEmail()],
        ['account_type', 'recruiter'],
      ]);
      const changed = await sendForm(world.server, 'PATCH', pathOf(await newCustomer(world.company)), token, [
        ['photo', bytesOf(bytes)],
      ]);
      expect([created.status, changed.status]).toEqual([201, 202]);
      for (const { body } of [created, changed]) {
        const { status, headers } = await look(body.photo);
        expect([status, headers.get('content-type')]).toEqual([200, type]);
      }
    },
  );

  it('202: as a data URI in a form', async () => {
    const { token } = await ownerOf(world.server, world.company);
    const made = await newCustomer(world.company);
    const { status, body } = await sendForm(world.server, 'PATCH', pathOf(made), token, [['photo', PNG]]);
    expect([status, await statusOf(body.photo)]).toEqual([202, 200]);
  });

  it('kept upright, at most 1024 pixels a side, without what the camera wrote', async () => {
    const photo = await noise(1500, 3000)
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Copyright: 'somebody' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('somebody')).toBe(true);
    const made = await newCustomer(world.company, { photo: uriOf(photo, 'image/jpeg') });
    const { bytes } = await look(made.photo);
    const { width, height, exif } = await sharp(bytes).metadata();
    expect([width, height, exif]).toEqual([1024, 512, undefined]);
    expect(bytes.includes('somebody')).toBe(false);
  });

  it('by an address that only a browser needs to know how to use', async () => {
    const made = await newCustomer(world.company, { photo: PNG });
    const { headers } = await look(made.photo);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(headers.get('content-disposition')).toBe('inline');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(Number(headers.get('content-length'))).toBeGreaterThan(0);
    // With a header that means nothing, and without the slash, it is the same.
    const bare = followed(made.photo).replace(/\/$/, '');
    expect((await asCustomer(world.server, 'nonsense').get(bare)).status).toBe(200);
  });
});

describe('a photo is refused', () => {
  const png = PICTURES['image/png'];
  const refusals: [string, string][] = [
    ['a text', 'me.jpg'],
    ['an address elsewhere', 'http://127.0.0.1:1/me.jpg'],
    ['an address of this server', 'http://headwater.test/api/v3/companies/1/customers/1/'],
    ['a path', '/etc/passwd'],
    ['a data URI of nothing', 'data:image/png;base64,'],
    ['a data URI that is none', 'data:image/png,abc'],
    ['a data URI of no picture', uriOf(Buffer.from('hello'), 'image/png')],
    ['a picture that says it is another', uriOf(png, 'image/jpeg')],
    ['a picture that says it is a page', uriOf(png, 'text/html')],
    ['a page that says it is a picture', uriOf(Buffer.from('<script>1</script>'), 'image/png')],
    ['a drawing', uriOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')],
    ['an animation of another format', uriOf(GIF, 'image/gif')],
    ['half of a picture', uriOf(png.subarray(0, png.length / 2), 'image/png')],
  ];

  it.each(refusals)('400: %s', async (_what, photo) => {
    const { company } = world;
    const files = (await filesOf(company)).length;
    const made = await newCustomer(company);
    refused(await company.admin.post(customersPath(company), someone({ photo })));
    refused(await company.admin.patch(pathOf(made), { photo, first_name: 'x' }));
    expect((await company.admin.get(pathOf(made))).body).toEqual(made);
    expect((await filesOf(company)).length).toBe(files);
  });

  it('400: JSON that looks like a file, and what is none', async () => {
    for (const photo of [{}, { file: 'x', filename: 'x' }, { type: 'Buffer', data: [1] }, [], 5, true]) {
      const { status, body } = await world.company.admin.post(
        customersPath(world.company),
        someone({ photo }),
      );
      expect([status, Object.keys(body)]).toEqual([400, ['photo']]);
    }
  });

  it('400: a file that is no picture, and two files', async () => {
    const { server, company } = world;
    const { token } = await ownerOf(server, company);
    const made = await newCustomer(company, { photo: PNG });
    const send = (...files: Uint8Array<ArrayBuffer>[]) =>
      sendForm(
        server,
        'PATCH',
        pathOf(made),
        token,
        files.map((file) => ['photo', file]),
      );
    refused(await send(bytesOf(Buffer.from('%PDF-1.7'))));
    refused(await send(bytesOf(PICTURES['image/png']), bytesOf(PICTURES['image/jpeg'])));
    expect(await statusOf(made.photo)).toBe(200);
  });

  it('400: over 10 MiB, in a form and as a data URI', async () => {
    const { server, company } = world;
    const { token } = await ownerOf(server, company);
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    large.set(PICTURES['image/png']);
    const made = await newCustomer(company);
    refused(await sendForm(server, 'PATCH', pathOf(made), token, [['photo', large]]));
    refused(await company.admin.patch(pathOf(made), { photo: uriOf(large, 'image/png') }));
  });

  it('413: a form over 16 MiB', async () => {
    const { server, company } = world;
    const { token } = await ownerOf(server, company);
    const answer = await sendForm(server, 'PATCH', customerPath(company, 1), token, [
      ['photo', new Uint8Array(17 * 1024 * 1024)],
    ]);
    expect(essence(answer)).toEqual({ status: 413, body: { detail: expect.any(String) } });
  });

  it('400: a form that is none', async () => {
    const { server, company } = world;
    const { token } = await ownerOf(server, company);
    const headers = {
      authorization: `Token ${token}`,
      'content-type': 'multipart/form-data; boundary=x',
    };
    const answer = await server.call('PATCH', customerPath(company, 1), { headers, body: '--x\r\nhello' });
    expect(essence(answer)).toEqual({ status: 400, body: { detail: expect.any(String) } });
  });

  it('403: of someone whom the caller may not change', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'hiring-manager');
    const files = (await filesOf(company)).length;
    const answer = await caller.patch(customerPath(company, 1), { photo: PNG });
    expect(answer.status).toBe(403);
    const own = await caller.patch(customerPath(company, caller.number), { photo: PNG });
    expect([own.status, await statusOf(own.body.photo)]).toEqual([202, 200]);
    expect((await filesOf(company)).length).toBe(files + 1);
  });
});

describe('a photo goes', () => {
  const gone = async (company: TestCompany, count: number) =>
    vi.waitFor(async () => expect(await filesOf(company)).toHaveLength(count), { timeout: 10_000 });

  it('202: with an empty text, null or an empty file, and its file with it', async () => {
    const { server } = world;
    const company = await server.company();
    const { token } = await ownerOf(server, company);
    const removals = [
      (at: string) => company.admin.patch(at, { photo: '' }),
      (at: string) => company.admin.patch(at, { photo: null }),
      (at: string) => sendForm(server, 'PATCH', at, token, [['photo', '']]),
      (at: string) => sendForm(server, 'PATCH', at, token, [['photo', new Uint8Array()]]),
    ];
    for (const remove of removals) {
      const made = await newCustomer(company, { photo: PNG });
      const at = followed(made.resource_uri);
      await gone(company, 1);
      expect(await statusOf(made.photo)).toBe(200);
      const { status, body } = await remove(at);
      expect([status, body]).toEqual([202, { ...made, photo: '' }]);
      expect(await statusOf(made.photo)).toBe(404);
      await gone(company, 0);
      const trail = await auditTrail(server, await accountOf(server, company, numberOf(made)));
      expect((await remove(at)).status).toBe(202);
      expect(await auditTrail(server, await accountOf(server, company, numberOf(made)))).toEqual(trail);
    }
  });

  it('202: with another one, which has another address', async () => {
    const { server } = world;
    const company = await server.company();
    const made = await newCustomer(company, { photo: PNG });
    const { body } = await company.admin.patch(followed(made.resource_uri), { photo: PNG });
    expect(body.photo).not.toBe(made.photo);
    expect([await statusOf(made.photo), await statusOf(body.photo)]).toEqual([404, 200]);
    await gone(company, 1);
  });

  it('204: with its customer', async () => {
    const { server } = world;
    const company = await server.company();
    const made = await newCustomer(company, { photo: PNG });
    await company.admin.delete(followed(made.resource_uri));
    expect(await statusOf(made.photo)).toBe(404);
    await gone(company, 0);
  });

  it('leaving one file, of ten changes at once', async () => {
    const { server } = world;
    const company = await server.company();
    const made = await newCustomer(company, { photo: PNG });
    const at = followed(made.resource_uri);
    expect(await atOnce(10, () => company.admin.patch(at, { photo: PNG }))).toEqual(Array(10).fill(202));
    expect(await statusOf((await company.admin.get(at)).body.photo)).toBe(200);
    await gone(company, 1);
  });
});

describe('the address of a photo', () => {
  it('is another one for each session, and the same for one', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { photo: PNG });
    const one = await ownerOf(server, company);
    const two = await ownerOf(server, company);
    const colleague = await signedInCustomer(server, company, 'hiring-manager');
    const jwt = company.admin;
    const addresses = await Promise.all(
      [one, one, two, colleague, jwt].map(async (caller) => (await caller.get(pathOf(made))).body.photo),
    );
    expect(addresses[0]).toBe(addresses[1]);
    expect(new Set(addresses).size).toBe(4);
    for (const address of addresses) expect(await statusOf(address)).toBe(200);
    const { objects } = (await one.get(customersPath(company, '?limit=1000'))).body;
    expect(objects.map(({ photo }: Body) => photo)).toContain(addresses[0]);
  });

  it('holds no token that signs in, and no file name', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { photo: PNG });
    const { token, get } = await ownerOf(server, company);
    const { photo } = (await get(pathOf(made))).body;
    const [, said] = /photo\/([\w-]+)\./.exec(photo)!;
    for (const text of [photo, Buffer.from(said!, 'base64url').toString()]) {
      expect(text).not.toContain(token.slice(8));
    }
    for (const part of photo.split('/').slice(-2, -1)[0].split('.')) {
      expect((await asCustomer(server, part).get(pathOf(made))).status).toBe(401);
    }
  });

  it.each([
    ['is deactivated', async (at: string) => world.company.admin.patch(at, { is_active: false })],
    ['is deleted', async (at: string) => world.company.admin.delete(at)],
  ])('404: once who asked for it %s', async (_what, end) => {
    const { server, company } = world;
    const made = await newCustomer(company, { photo: PNG });
    const caller = await signedInCustomer(server, company, 'recruiter');
    const other = await ownerOf(server, company);
    const { photo } = (await caller.get(pathOf(made))).body;
    const kept = (await other.get(pathOf(made))).body.photo;
    expect(await statusOf(photo)).toBe(200);
    await end(customerPath(company, caller.number));
    expect([await statusOf(photo), await statusOf(kept)]).toEqual([404, 200]);
  });

  it('404: once its session was idle for a day, or came to its end', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { photo: PNG });
    for (const [more, ending] of [
      [{}, "used_at = now() - interval '24 hours 1 second'"],
      [{ extended_expiration_period: 7 }, "expires_at = now() - interval '1 second'"],
    ] as const) {
      const { body } = await signInToSuite(server, company, company.admin.email, more);
      const { photo } = (await asCustomer(server, body.token).get(pathOf(made))).body;
      const id = JSON.parse(Buffer.from(/photo\/([\w-]+)\./.exec(photo)![1]!, 'base64url').toString())[3];
      expect(await statusOf(photo)).toBe(200);
      await server.sql(`update customer_session set ${ending} where id = $1`, [id]);
      expect(await statusOf(photo)).toBe(404);
    }
  });

  it('404: within a second on every server, once the password of a /v1 user changed or its client was revoked', async () => {
    const { server, company } = world;
    const sibling = await server.sibling();
    const made = await newCustomer(company, { photo: PNG });
    const user = await company.user();
    await newCustomer(company, { email: user.email });
    const client = (await company.admin.post('/v1/apiclients', { userId: user.id, name: 'Photos' })).body;
    const exchanged = await server.call('POST', '/v1/oauth/token', {
      body: { clientId: client.clientId, clientSecret: client.clientSecret },
    });
    const byClient = (await server.call('GET', pathOf(made), { token: exchanged.body.access_token })).body
      .photo;
    const byUser = (await user.get(pathOf(made))).body.photo;
    const elsewhere = async (address: string) => (await fetch(sibling.url + followed(address))).status;
    expect(byClient).not.toBe(byUser);
    expect([await statusOf(byClient), await statusOf(byUser)]).toEqual([200, 200]);
    expect([await elsewhere(byClient), await elsewhere(byUser)]).toEqual([200, 200]);

    await company.admin.delete(`/v1/apiclients/${encodeURIComponent(client.clientId)}`);
    await expect.poll(() => elsewhere(byClient), { timeout: 1_000 }).toBe(404);
    expect([await statusOf(byClient), await statusOf(byUser)]).toEqual([404, 200]);
    await company.admin.put(`/v1/user/${user.id}`, { password: `${PASSWORD} anew` });
    await expect.poll(() => elsewhere(byUser), { timeout: 1_000 }).toBe(404);
    expect(await statusOf(byUser)).toBe(404);
  });

  it('404: within a second on every server, once a user of /v1 is no customer any more', async () => {
    const { server, company } = world;
    const sibling = await server.sibling();
    const made = await newCustomer(company, { photo: PNG });
    const user = await company.user();
    const face = await newCustomer(company, { email: user.email });
    const { photo } = (await user.get(pathOf(made))).body;
    const elsewhere = async () => (await fetch(sibling.url + followed(photo))).status;
    expect([await statusOf(photo), await elsewhere()]).toEqual([200, 200]);
    await company.admin.delete(pathOf(face));
    expect(await statusOf(photo)).toBe(404);
    await expect.poll(elsewhere, { timeout: 1_000 }).toBe(404);
  });

  it('404: at any other place, however it is bent', async () => {
    const { server, company, other } = world;
    const made = await newCustomer(company, { photo: PNG });
    const twin = await newCustomer(company, { photo: PNG });
    await server.sql(
      'insert into customer_counter (company_id, last) values ($1, $2) on conflict (company_id) do update set last = $2',
      [other.id, numberOf(made) - 1],
    );
    const abroad = await newCustomer(other, { photo: PNG });
    expect(numberOf(abroad)).toBe(numberOf(made));
    const token = followed(made.photo).split('/').at(-2)!;
    const [said, code] = token.split('.') as [string, string];
    const at = (customer: string, end: string) => `${customer}photo/${end}/`;
    const theirs = followed(abroad.photo).split('/').at(-2)!;
    const parts = JSON.parse(Buffer.from(said, 'base64url').toString());
    const forged = (change: unknown[]) => Buffer.from(JSON.stringify(change)).toString('base64url');
    const places = [
      at(twin.resource_uri, token),
      at(abroad.resource_uri, token),
      at(made.resource_uri, theirs),
      at(made.resource_uri, `${said}.${theirs.split('.')[1]}`),
      at(made.resource_uri, `${said}.${'A'.repeat(22)}`),
      at(made.resource_uri, `${said}.${code.slice(0, -1)}`),
      at(made.resource_uri, `${said}=.${code}`),
      at(made.resource_uri, `${forged(parts.with(0, numberOf(twin)))}.${code}`),
      at(made.resource_uri, `${forged([...parts, 1])}.${code}`),
      at(made.resource_uri, 'a76b5e78cd3'),
      at(made.resource_uri, '.'),
      at(made.resource_uri, '%2e%2e%2f'),
      at(made.resource_uri, 'x'.repeat(400)),
      at(`http://headwater.test/api/v3/companies/0${company.id}/customers/${numberOf(made)}/`, token),
      at(`http://headwater.test/api/v3/companies/${company.id}/customers/0${numberOf(made)}/`, token),
      at(`http://headwater.test/api/v3/companies/99999999999/customers/${numberOf(made)}/`, token),
    ];
    expect(await statusOf(made.photo)).toBe(200);
    for (const place of places) {
      const { status, headers, bytes } = await look(place);
      expect([place, status]).toEqual([place, 404]);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(JSON.parse(bytes.toString())).toEqual({ detail: expect.any(String) });
    }
    expect((await look(at(made.resource_uri, 'x'.repeat(600)))).status).toBe(400);
  });

  it('404: where the file is gone', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { photo: PNG });
    const [row] = await server.sql<{ photo_key: string }>(
      'select photo_key from customer where company_id = $1 and number = $2',
      [company.id, numberOf(made)],
    );
    await server.files.remove(row!.photo_key);
    expect(await statusOf(made.photo)).toBe(404);
    expect((await company.admin.patch(pathOf(made), { photo: '' })).status).toBe(202);
  });
});

describe('the address of a photo, sent back', () => {
  it('202: says that the photo stays, whoever got it, be the session over', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { photo: PNG });
    const colleague = await signedInCustomer(server, company, 'recruiter');
    const theirs = (await colleague.get(pathOf(made))).body.photo;
    await company.admin.patch(customerPath(company, colleague.number), { is_active: false });
    const trail = async () => auditTrail(server, await accountOf(server, company, numberOf(made)));
    for (const photo of [made.photo, theirs, made.photo.replace(/\/$/, '')]) {
      const { status, body } = await company.admin.patch(pathOf(made), { photo });
      expect([status, body]).toEqual([202, made]);
    }
    expect(await trail()).toEqual(['customer.create']);
    const { token } = await ownerOf(server, company);
    const { status, body } = await sendForm(server, 'PATCH', pathOf(made), token, [
      ['photo', made.photo],
      ['first_name', 'Renamed'],
    ]);
    expect([status, body.first_name]).toEqual([202, 'Renamed']);
    expect(await statusOf(made.photo)).toBe(200);
    const [entry] = await server.sql(
      `select fields from audit_entry where action = 'customer.update' and subject_id = $1`,
      [await accountOf(server, company, numberOf(made))],
    );
    expect(entry!.fields).toEqual(['first_name']);
  });

  it("400: another customer's, a former one, a forged one, and any in a new customer", async () => {
    const { company, other } = world;
    const made = await newCustomer(company, { photo: PNG });
    const twin = await newCustomer(company, { photo: PNG });
    const bare = await newCustomer(company);
    const former = twin.photo;
    await company.admin.patch(pathOf(twin), { photo: PNG });
    const abroad = await newCustomer(other, { photo: PNG });
    refused(await company.admin.patch(pathOf(made), { photo: twin.photo }));
    refused(await company.admin.patch(pathOf(twin), { photo: former }));
    refused(await company.admin.patch(pathOf(bare), { photo: made.photo }));
    refused(await company.admin.patch(pathOf(made), { photo: abroad.photo }));
    refused(await company.admin.patch(pathOf(made), { photo: `${made.photo}x/` }));
    refused(await company.admin.patch(pathOf(made), { photo: made.photo.replace(/\.[\w-]{22}\/$/, '/') }));
    refused(await company.admin.post(customersPath(company), someone({ photo: made.photo })));
    expect(await statusOf(made.photo)).toBe(200);
  });
});
