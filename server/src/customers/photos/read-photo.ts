import type { Actors } from '../../identity/actor.ts';
import { companyIdOf } from '../../identity/company-id.ts';
import { type OpenCtx, openQuery } from '../../identity/verbs.ts';
import type { Files } from '../../platform/files/files.ts';
import { notFound } from '../../platform/problem.ts';
import { findCustomer } from '../customer-store.ts';
import { sessionLives } from '../sessions/session-store.ts';
import type { PhotoLinks, PhotoOf } from './photo-links.ts';

export interface PhotoParts {
  files: Files;
  links: PhotoLinks;
  actors: Actors;
}

/** A photo by its address; a 404 once the session that the address was made for has ended, or the photo is another one. */
export const readPhoto = ({ files, links, actors }: PhotoParts) =>
  openQuery(
    async (
      ctx,
      { companyId: inPath, customerId, token }: { companyId: string; customerId: string; token: string },
    ) => {
      const companyId = companyIdOf(inPath);
      const of = companyId === undefined ? undefined : links.read(companyId, token);
      if (companyId === undefined || !of || String(of.number) !== customerId) throw notFound('photo');
      const [lives, customer] = await Promise.all([
        isAlive(ctx, actors, companyId, of),
        findCustomer(ctx.sql, companyId, of.number),
      ]);
      const photo = lives && customer?.photo?.key === of.key ? customer.photo : undefined;
      const bytes = photo && (await files.read(photo.key));
      if (!photo || !bytes) throw notFound('photo');
      return { bytes, type: photo.type };
    },
  );

async function isAlive(
  { sql }: OpenCtx,
  actors: Actors,
  companyId: number,
  { accountId, session }: PhotoOf,
): Promise<boolean> {
  if (session.kind === 'session') return sessionLives(sql, companyId, session.id);
  if (session.expiresAt * 1000 <= Date.now()) return false;
  const claims = {
    sub: accountId,
    company: companyId,
    ver: session.version,
    exp: session.expiresAt,
    iat: 0,
    ...(session.client === undefined ? {} : { client: session.client }),
  };
  return actors.of(claims).then(
    () => true,
    () => false,
  );
}
