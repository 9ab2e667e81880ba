import { Type } from 'typebox';
import { type Endpoint, endpoint } from '../../../platform/http/endpoint.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { fromOtherSite } from '../../../platform/http/own-site.ts';
import { readTicket, useTicket } from '../ticket.ts';
import { addressesAt, toldOf } from './addresses.ts';
import { ticketAnswer } from './check-in-page.ts';
import { openedDoors } from './door-cookie.ts';

const Link = Type.Object({ token: Type.String() });
const Asked = Type.Object({ told: Type.Optional(Type.String({ maxLength: 100 })) });
const Use = Type.Object({ undo: Type.Optional(Type.String({ maxLength: 100 })) });
const face = {
  path: '/ticket/{token}',
  permission: 'public',
  hidden: true,
  page: true,
  tag: 'attractEvents',
} as const;

/**
 * The page behind a ticket's QR code: the registrant's own, and the staff's on a device where the event's check-in page
 * was opened. That device's cookie comes along only with requests from this server's own pages, or to look.
 */
export const ticketRoutes = (options: {
  publicUrl: string;
  tickets: Parameters<typeof readTicket>[0];
}): Endpoint[] => {
  const { publicUrl, tickets } = options;
  const addresses = addressesAt(publicUrl);
  return [
    endpoint({
      ...face,
      method: 'GET',
      operationId: 'readTicket',
      summary: 'A ticket',
      params: Link,
      query: Asked,
      responses: {
        200: 'The ticket, or the button that checks in',
        400: 'An address that is no link',
        404: 'No ticket has this link',
        410: 'The event was deleted',
      },
      verb: readTicket(tickets),
      input: ({ params, query, headers }) => ({
        token: params.token,
        doors: openedDoors(headers),
        told: toldOf(query.told),
      }),
      answer: (ticket, { params: { token }, headers }) =>
        ticketAnswer(ticket, { token, language: languageOf(headers), addresses }, 'GET'),
    }),
    endpoint({
      ...face,
      method: 'POST',
      operationId: 'useTicket',
      summary: 'Check in by a ticket, or take that back',
      params: Link,
      body: Use,
      consumes: ['application/x-www-form-urlencoded'],
      responses: {
        303: 'Back to the ticket',
        400: 'Not a form',
        403: 'The check-in page was not opened on this device',
        404: 'No ticket has this link',
        409: 'The event is not open for check-in',
        410: 'The event was deleted',
      },
      verb: useTicket(tickets),
      input: ({ params, body, headers }) => ({
        token: params.token,
        doors: openedDoors(headers),
        undo: body.undo === 'yes',
        foreign: fromOtherSite(headers, publicUrl),
      }),
      answer: (ticket, { params: { token }, headers }) =>
        ticketAnswer(ticket, { token, language: languageOf(headers), addresses }, 'POST'),
    }),
  ];
};
