import type pg from 'pg';
import { EVENT_TYPES, LOCATION_TYPES } from '../../server/src/events/event-types.ts';
import { timeZoneName } from '../../server/src/events/time-zone.ts';
import { folded } from '../../server/src/platform/db/folded.ts';
import { wordVector } from '../../server/src/platform/filter/words.ts';
import { CITIES } from './cities.ts';
import type { BenchCompany } from './company.ts';

const ZONES =
  `Europe/London Europe/Berlin America/New_York America/Chicago America/Los_Angeles Europe/Paris Asia/Kolkata
  Europe/Madrid Europe/Amsterdam America/Toronto Europe/Warsaw Europe/Zurich Europe/Stockholm Australia/Sydney
  America/Sao_Paulo Asia/Tokyo Asia/Singapore Europe/Dublin Africa/Johannesburg Pacific/Auckland`.split(
    /\s+/,
  );

/** One of an array at $n: any alike, or the first ones far more often. */
const any = (array: string) => `(${array})[1 + floor(random() * cardinality(${array}))::int4]`;
const often = (count: string) => `1 + floor(${count} * random() ^ 1.7)::int4`;
const byRank = (array: string) => `(${array})[floor(cardinality(${array}) ^ random())::int4]`;

const INSERT = `
  with picked as (
    select i, ${any('$3::text[]')} as type, ${any('$4::text[]')} as kind,
      ${often(`${CITIES.length}`)} as city, ${often(`${ZONES.length}`)} as zone, ${any('$8::uuid[]')} as owner_id,
      random() as draft, random() as deleted, random() as unending, random() as moved,
      initcap(${byRank('$9::text[]')}) as first_word, ${byRank('$9::text[]')} as second_word,
      -- As they were made, one after another, in ten years.
      date_trunc('milliseconds', now() - interval '9 years 3 months' + interval '10 years' * i / $2::int4) as created_at,
      interval '1 minute' * floor(random() * 180 * 24 * 60) as ahead
    from generate_series(1, $2::int4) i
  ), placed as (
    select p.*, p.created_at + p.ahead as start_at, d.description,
      case when p.kind = 'virtual' then '{}' else jsonb_build_object(
        'name', 'Hall ' || p.i % 40, 'address', p.i % 90 || ' High Street', 'postcode', lpad((p.city * 137 + p.i % 40)::text, 5, '0'),
        'city', c.city, 'country', c.country) end as location,
      case when p.kind <> 'virtual' then c.lat + p.moved / 10 end as lat,
      case when p.kind <> 'virtual' then c.lon + p.moved / 10 end as lon,
      p.first_word || ' ' || p.second_word || ' ' || p.type || ' ' || c.city as name
    from picked p
    join jsonb_to_recordset($5::jsonb) as c(rank int4, city text, country text, lat float8, lon float8) on c.rank = p.city,
    lateral (
      select string_agg(${byRank('$9::text[]')}, ' ') as description from generate_series(1, 70 + p.i % 40)) d
  )
  insert into event (company_id, id, name, name_key, description, type, status, location_type, location, lat, lon, timezone,
    timezone_name, start_at, end_at, owner_id, created_at, created_by, updated_at, updated_by, deleted_at, deleted_by,
    registration_slug, check_in_slug, words)
  select $1::int4,
    overlay(overlay(lpad(to_hex((extract(epoch from p.created_at) * 1000)::int8), 12, '0')
      || md5($1 || '/' || p.i) placing '7' from 13 for 1) placing '8' from 17 for 1)::bpchar(32)::text::uuid,
    p.name, left(${folded('p.name')}, 200), p.description, p.type,
    case when p.draft < 0.05 then 'draft' when p.draft < 0.08 then 'cancelled' else 'published' end,
    p.kind, p.location, p.lat, p.lon, ($6::text[])[p.zone], ($7::text[])[p.zone], p.start_at,
    case when p.unending > 0.2 then p.start_at + interval '3 hours' end, p.owner_id,
    p.created_at, p.owner_id, p.created_at + p.ahead * p.moved, p.owner_id,
    case when p.deleted < 0.03 then p.created_at + p.ahead end, case when p.deleted < 0.03 then p.owner_id end,
    md5('registration' || p.i), md5('check-in' || p.i),
    ${wordVector(
      `concat_ws(chr(10), p.name, p.description, p.location ->> 'name', p.location ->> 'address',
      p.location ->> 'postcode', p.location ->> 'city', p.location ->> 'country')`,
      '$1::int4::text',
    )}
  from placed p order by p.i`;

/** Events of a company, with `words` for their texts, the first most often. */
export async function fillEvents(
  client: pg.Client,
  { id, owners }: Pick<BenchCompany, 'id' | 'owners'>,
  rows: number,
  words: readonly string[],
): Promise<void> {
  const cities = CITIES.map((city, index) => ({ rank: index + 1, ...city }));
  await client.query(INSERT, [
    id,
    rows,
    Object.keys(EVENT_TYPES),
    // As they are shared out: most are held somewhere.
    ['physical', 'physical', ...Object.keys(LOCATION_TYPES)],
    JSON.stringify(cities),
    ZONES,
    ZONES.map(timeZoneName),
    owners,
    words,
  ]);
}
