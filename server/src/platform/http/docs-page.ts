import Fastify, { type FastifyInstance } from 'fastify';

const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/** The description of the API to read and to try, below /docs. */
export function registerDocsPage(app: FastifyInstance): void {
  const open = { config: { permission: 'public' }, schema: { hide: true } };
  let page: Promise<FastifyInstance> | undefined;
  for (const url of ['/docs/', '/docs/js/scalar.js']) {
    app.get(url, open, async (request, reply) => {
      // The page's own addresses are relative to the one with the slash.
      if (request.url.split('?')[0] === '/docs') return reply.redirect('/docs/', 301);
      page ??= scalarPage();
      const { headers, rawPayload } = await (await page).inject(url);
      return reply
        .type(String(headers['content-type']))
        .header('content-security-policy', POLICY)
        .send(rawPayload);
    });
  }
}

/** Loaded when somebody reads it first: a server without readers has neither its 20 MB nor its part of the start. */
async function scalarPage(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const page = Fastify();
  await page.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Headwater API',
      // Nothing of a self-hosted server's page goes to, or comes from, another one.
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      hideClientButton: true,
      mcp: { disabled: true },
      agent: { disabled: true },
    },
  });
  return page;
}
