import { html } from 'ghtml';
import { Type } from 'typebox';
import { type Answer, type Endpoint, endpoint } from '../../platform/http/endpoint.ts';
import { type Language, languageOf } from '../../platform/http/language.ts';
import { fromOwnSite } from '../../platform/http/own-site.ts';
import { page } from '../../platform/http/page.ts';
import { id, oneOf } from '../../platform/http/schema.ts';
import { type Asked, byPassword, type Outcome, type SignedIn } from '../by-password.ts';
import { MAIL_STATES } from '../mail.ts';
import { readMailList, readOneMail } from '../read-mail-pages.ts';
import { retryMail } from '../retry-mail.ts';
import { mailListPage } from './mail-list-page.ts';
import { mailPage } from './mail-page.ts';
import { addressesAt } from './mail-parts.ts';
import { MAIL_TEXTS } from './mail-texts.ts';

type Headers = Record<string, string | string[] | undefined>;

const PER_PAGE = 50;
const Shown = Type.Object({
  status: Type.Optional(oneOf(MAIL_STATES)),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});
const MailParams = Type.Object({ mailid: id() });
const Told = Type.Object({ told: Type.Optional(Type.String({ maxLength: 100 })) });
const face = { permission: 'public', signIn: true, hidden: true, page: true, tag: 'mail' } as const;
const refusals = { 401: 'Not signed in', 403: 'Not a super admin' } as const;
const oneMail = { 400: 'An address that is no mail', ...refusals, 404: 'No such mail' } as const;

/**
 * The mails for people. Email and password come with every request, by HTTP Basic; no cookie is involved. Since browsers
 * send them along from wherever a form is, what changes something is taken from these pages alone.
 */
export const mailPageRoutes = (options: SignedIn & { publicUrl: string }): Endpoint[] => {
  const { publicUrl } = options;
  const addresses = addressesAt(publicUrl);
  const asked = <I>(headers: Headers, input: I): Asked<I> => ({
    authorization: headers.authorization as string | undefined,
    input,
  });
  const reader = (headers: Headers, timezone: string) => ({
    language: languageOf(headers),
    timezone,
    addresses,
  });
  return [
    endpoint({
      ...face,
      method: 'GET',
      path: '/mail',
      operationId: 'readMailList',
      summary: 'The mails, newest first',
      query: Shown,
      responses: { 200: 'The mails', 400: 'An address that is no list', ...refusals },
      verb: byPassword(options, readMailList),
      input: ({ query, headers }) => asked(headers, { ...query, limit: PER_PAGE }),
      answer: (outcome, { headers }) =>
        shown(outcome, headers, (list) => mailListPage(list, reader(headers, list.timezone))),
    }),
    endpoint({
      ...face,
      method: 'GET',
      path: '/mail/{mailid}',
      operationId: 'readOneMail',
      summary: 'One mail',
      params: MailParams,
      query: Told,
      responses: { 200: 'The mail', ...oneMail },
      verb: byPassword(options, readOneMail),
      input: ({ params, headers }) => asked(headers, params),
      answer: (outcome, { query, headers }) =>
        shown(outcome, headers, (one) =>
          mailPage(one, reader(headers, one.timezone), { retried: query.told === 'retried' }),
        ),
    }),
    endpoint({
      ...face,
      method: 'POST',
      path: '/mail/{mailid}/retry',
      operationId: 'retryFromPage',
      summary: 'Try to send the mail again',
      params: MailParams,
      consumes: ['application/x-www-form-urlencoded'],
      responses: { 303: 'To the mail', ...oneMail },
      verb: byPassword(options, retryMail),
      input: ({ params, headers }) => ({
        ...asked(headers, params),
        foreign: !fromOwnSite(headers, publicUrl),
      }),
      answer(outcome, { params, headers }) {
        // It was sent while the page was open: the mail's page says so.
        if (outcome.state === 'refused' && outcome.status === 409)
          return seeOther(addresses.mail(params.mailid));
        if (outcome.state === 'refused' && !fromOwnSite(headers, publicUrl))
          return refused('foreign', headers);
        return shown(outcome, headers, ({ id: mailid }) => seeOther(addresses.retried(mailid)));
      },
    }),
  ];
};

function shown<O>(outcome: Outcome<O>, headers: Headers, pageOf: (output: O) => Answer): Answer {
  if (outcome.state === 'refused') return refused(outcome.status as 401 | 403 | 404, headers);
  return fromHere(pageOf(outcome.output));
}

function refused(why: 401 | 403 | 404 | 'foreign', headers: Headers): Answer {
  const language: Language = languageOf(headers);
  const { title, text } = MAIL_TEXTS[language].refusals[why];
  const answer = page({
    status: why === 'foreign' ? 403 : why,
    language,
    title,
    main: html`<h1>${title}</h1><p>${text}</p>`,
  });
  if (why !== 401) return answer;
  // RFC 7617 §2.1: else a browser may send a password's umlauts in another encoding.
  const challenge = { 'www-authenticate': 'Basic realm="Headwater", charset="UTF-8"' };
  return { ...answer, headers: { ...answer.headers, ...challenge } };
}

/** A page that tells no one its address has its forms sent with the origin `null`; these tell this server. */
function fromHere(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, 'referrer-policy': 'same-origin' } };
}

/** To be read by GET, so that loading the page anew tries nothing again. */
function seeOther(location: string): Answer {
  return {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'same-origin' },
  };
}
