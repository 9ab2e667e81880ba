interface Headers {
  [name: string]: string | string[] | undefined;
}

/**
 * Whether a form was sent from a page of this server. Browsers send a password along from wherever a form is, so a
 * request that does not show where it comes from is taken for another site's. `Sec-Fetch-Site` is the browser's own word
 * (over TLS and on localhost); without it, `Origin` has to be the public address, or the host that was asked.
 */
export function fromOwnSite(headers: Headers, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = URL.parse(String(headers.origin));
  if (!origin || !/^https?:$/.test(origin.protocol)) return false;
  return (
    origin.origin === new URL(publicUrl).origin || origin.host === headers.host?.toString().toLowerCase()
  );
}

/**
 * Whether a request shows that it comes from another site's page: for forms that a cookie stands for, which browsers keep
 * from other sites by themselves. Over plain HTTP a page that tells no one its address hides also that it is our own.
 */
export function fromOtherSite(headers: Headers, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && !fromOwnSite(headers, publicUrl);
}
