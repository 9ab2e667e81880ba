// cookie: jshttp's parser and serialiser, which Express and Fastify's own parts use too.
import { parseCookie, stringifySetCookie } from 'cookie';

/** The values of the cookies whose names begin so, in the order that the browser sent them. What is no cookie is passed over. */
export function cookiesNamed(
  prefix: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string[] {
  const sent = parseCookie([headers.cookie ?? ''].flat().join('; '));
  return Object.entries(sent).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined ? [value] : [],
  );
}

/** A `Set-Cookie` header: sent back under `path` alone, out of any script's reach, and by a click from another site only to be read. */
export function cookieFor(cookie: {
  name: string;
  value: string;
  path: string;
  secure: boolean;
  seconds: number;
}): string {
  const { seconds, ...rest } = cookie;
  return stringifySetCookie({ ...rest, maxAge: seconds, httpOnly: true, sameSite: 'lax' });
}
