import type pg from 'pg';
import type { House } from './house.ts';

/** Contacts are made in steps of so many. */
const STEP = 50_000;
export const PERSON = {
  firstName: 'Given_______',
  lastName: 'Family_______',
  emails: ['person-_______@example.net'],
  phoneNumbers: ['+49 30 555 01 00'],
  links: ['https://people.example.org/in/person-_______'],
  location: { city: 'Berlin', country: 'Germany', region: 'Berlin', postcode: '10115' },
  experience: [
    {
      organisationName: 'Northwind Traders',
      role: 'Senior engineer',
      startDate: '2021-03-01',
      current: true,
      description: 'Leads a team of six that looks after the warehouse robots and what they are told to do.',
    },
    {
      organisationName: 'Contoso',
      role: 'Engineer',
      startDate: '2016-10-01',
      endDate: '2021-02-28',
      description: 'Built the booking system of three railways, and kept it running at Christmas.',
    },
  ],
  education: [
    {
      organisationName: 'Technical University',
      degree: 'MSc',
      major: 'Computer science',
      endDate: '2016-09-30',
    },
  ],
  skills: ['TypeScript', 'PostgreSQL', 'Distributed systems', 'Public speaking', 'Mentoring'],
  languages: [
    { languageCode: 'de', value: 'German' },
    { languageCode: 'en', value: 'English' },
  ],
  creationSource: { id: 'import', value: 'Import' },
};

/** Copies of the contact $2, numbered from $3 to $4, made one a minute up to now; their keys too. */
const COPY = `
  with model as (
    select c.* from contact c where c.company_id = $1 and c.id = $2
  ), numbered as (
    select i, lpad(to_hex(i), 7, '0') as mark,
      date_trunc('milliseconds', timestamptz '2026-06-01' - interval '1 minute' * i) as at
    from generate_series($3::int4, $4::int4) i
  ), made as (
    select n.*, overlay(overlay(lpad(to_hex((extract(epoch from n.at) * 1000)::int8), 12, '0') || md5(n.mark)
      placing '7' from 13 for 1) placing '8' from 17 for 1)::bpchar(32)::text::uuid as id
    from numbered n
  ), inserted as (
    insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, assigned_to, sourced_by, wire)
    select $1, m.id, m.at, 0, m.at, 0, o.assigned_to, o.sourced_by,
      replace(replace(replace(o.wire::text, '_______', m.mark), o.id::text, m.id::text),
        to_char(o.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS'), to_char(m.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS'))::json
    from made m, model o
  )
  insert into contact_key (company_id, kind, value, contact_id)
  select $1, k.kind, replace(k.value, '_______', m.mark), m.id
  from made m, contact_key k where k.company_id = $1 and k.contact_id = $2`;

/** What the workloads ask about. */
export interface Filled {
  ids: string[];
  emails: string[];
  /** Creation times, ISO 8601, spread over the company's. */
  moments: string[];
}

/** Contacts of about 1.5 KB, as an API client would have made them, until the company has `rows`. The same ones each time. */
export async function fillContacts(house: House, client: pg.Client, rows: number): Promise<Filled> {
  const { rows: before } = await client.query<{ count: number }>(
    'select count(*) from contact where company_id = $1',
    [house.companyId],
  );
  await client.query('set synchronous_commit = off');
  await client.query('set statement_timeout = 0');
  const { id } = (await house.call('POST', '/v1/contact', PERSON, house.token)) as { id: string };
  for (let from = before[0]!.count + 1; from <= rows; from += STEP) {
    await client.query(COPY, [house.companyId, id, from, Math.min(from + STEP - 1, rows)]);
  }
  await house.call('DELETE', `/v1/contact/${id}`, undefined, house.token);
  await client.query('vacuum analyze');
  await client.query('checkpoint').catch(() => {});
  return sample(client, house.companyId, rows);
}

const ASKED = 1_000;

async function sample(client: pg.Client, companyId: number, rows: number): Promise<Filled> {
  const { rows: asked } = await client.query<{ id: string; email: string; at: string }>(
    `select c.id, k.value as email, c.created_at as at
     from contact c join contact_key k on k.company_id = c.company_id and k.contact_id = c.id and k.kind = 'email'
     where c.company_id = $1 and extract(epoch from c.created_at)::int8 / 60 % greatest(1, $2::int4 / $3::int4) = 0
     order by c.id limit $3`,
    [companyId, rows, ASKED],
  );
  return {
    ids: asked.map(({ id }) => id),
    emails: asked.map(({ email }) => email),
    moments: asked.map(({ at }) => at),
  };
}
