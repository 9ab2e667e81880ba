import { Type } from 'typebox';
import { type Answer, type Endpoint, endpoint } from '../../../platform/http/endpoint.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { notFound } from '../../../platform/problem.ts';
import { checkIn, undoCheckIn } from '../check-in.ts';
import { countDoor, readDoor } from '../read-door.ts';
import { takeWalkIn } from '../take-walk-in.ts';
import { addressesAt, toldOf } from './addresses.ts';
import { checkInAnswer } from './check-in-page.ts';
import { doorCookie } from './door-cookie.ts';

const Link = Type.Object({ slug: Type.String() });
const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const Asked = Type.Object({ q: text(500), told: text(100), who: text(100) });
const Tap = Type.Object({ contact: text(100) });
const WalkInForm = Type.Object({ name: text(10_000), email: text(10_000), consent: text(100) });
const Counts = Type.Object({ registered: Type.Integer(), attended: Type.Integer() });
const face = { permission: 'public', hidden: true, tag: 'attractEvents' } as const;
const form = { consumes: ['application/x-www-form-urlencoded'] } as const;
const closed = {
  404: 'No event has this link',
  409: 'The event is not open for check-in',
  410: 'The event was deleted',
};
const tapped = { 303: 'Back to the list', 400: 'Not a form', ...closed };

/** The page for the staff at the door. Whoever has its link checks in; there is no account. */
export const doorRoutes = (options: { publicUrl: string } & Parameters<typeof takeWalkIn>[0]): Endpoint[] => {
  const { publicUrl } = options;
  const addresses = addressesAt(publicUrl);
  const shown = (slug: string, headers: Record<string, string | string[] | undefined>) => ({
    slug,
    language: languageOf(headers),
    addresses,
  });
  const withCookie = (answer: Answer, slug: string): Answer => {
    const cookie = doorCookie(slug, publicUrl);
    return cookie ? { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } } : answer;
  };
  return [
    endpoint({
      ...face,
      page: true,
      method: 'GET',
      path: '/check-in/{slug}',
      operationId: 'readDoor',
      summary: 'Who registered, and who is here',
      params: Link,
      query: Asked,
      responses: {
        200: 'The list, or why there is none',
        400: 'An address that is no link',
        404: closed[404],
        410: closed[410],
      },
      verb: readDoor,
      input: ({ params, query }) => ({
        slug: params.slug,
        search: query.q ?? '',
        told: toldOf(query.told),
        who: query.who,
      }),
      answer: (door, { params: { slug }, headers }) => {
        const answer = checkInAnswer(door, shown(slug, headers), 'GET');
        return door.state === 'open' ? withCookie(answer, slug) : answer;
      },
    }),
    endpoint({
      ...face,
      method: 'GET',
      path: '/check-in/{slug}/count',
      operationId: 'countDoor',
      summary: 'How many registered, and how many of them are here',
      params: Link,
      responses: { 200: Counts, 400: 'An address that is no link', 404: closed[404] },
      verb: countDoor,
      input: ({ params }) => params,
      answer: (counts) => {
        if (!counts) throw notFound('check-in page');
        return { status: 200, headers: { 'cache-control': 'no-store' }, body: counts };
      },
    }),
    endpoint({
      ...face,
      ...form,
      page: true,
      method: 'POST',
      path: '/check-in/{slug}/attended',
      operationId: 'checkIn',
      summary: 'Check a registrant in',
      params: Link,
      body: Tap,
      responses: tapped,
      verb: checkIn,
      input: ({ params, body }) => ({ slug: params.slug, contactId: body.contact ?? '' }),
      answer: (done, { params, headers }) => checkInAnswer(done, shown(params.slug, headers), 'POST'),
    }),
    endpoint({
      ...face,
      ...form,
      page: true,
      method: 'POST',
      path: '/check-in/{slug}/undo',
      operationId: 'undoCheckIn',
      summary: 'Take a check-in back',
      params: Link,
      body: Tap,
      responses: tapped,
      verb: undoCheckIn,
      input: ({ params, body }) => ({ slug: params.slug, contactId: body.contact ?? '' }),
      answer: (done, { params, headers }) => checkInAnswer(done, shown(params.slug, headers), 'POST'),
    }),
    endpoint({
      ...face,
      ...form,
      page: true,
      method: 'POST',
      path: '/check-in/{slug}/walk-in',
      operationId: 'takeWalkIn',
      summary: 'Take in and check in someone who did not register',
      params: Link,
      body: WalkInForm,
      responses: { ...tapped, 400: 'The form again, with the mistakes' },
      verb: takeWalkIn(options),
      input: ({ params, body }) => ({
        slug: params.slug,
        form: { name: body.name ?? '', email: body.email ?? '', consent: Boolean(body.consent) },
      }),
      answer: (done, { params, headers }) => checkInAnswer(done, shown(params.slug, headers), 'POST'),
    }),
  ];
};
