import { Type } from 'typebox';
import { named, nullable, text } from '../platform/http/schema.ts';
import { invalid } from '../platform/problem.ts';

export const PARTNERS = ['brassring', 'greenhouse', 'jazz', 'successfactors', 'taleo', 'workday'] as const;
export type Partner = (typeof PARTNERS)[number];

const partnerId = text(500, { minLength: 1 });
const url = text(2048);
const partner = { id: Type.Optional(partnerId), url: Type.Optional(nullable(url)) };

/** A record's ids in the six partners' systems. */
export const Integrations = named(
  'Integrations',
  Type.Object({
    brassring: Type.Optional(nullable(Type.Object(partner))),
    greenhouse: Type.Optional(
      nullable(Type.Object({ ...partner, email: Type.Optional(nullable(text(254))) })),
    ),
    jazz: Type.Optional(nullable(Type.Object({ id: Type.Optional(partnerId) }))),
    successfactors: Type.Optional(nullable(Type.Object(partner))),
    taleo: Type.Optional(nullable(Type.Object(partner))),
    workday: Type.Optional(
      nullable(
        Type.Object({
          ...partner,
          skills: Type.Optional(
            Type.Array(Type.Object({ id: Type.Optional(text(500)), name: Type.Optional(text(500)) }), {
              maxItems: 1000,
            }),
          ),
        }),
      ),
    ),
  }),
);

export type IntegrationsInput = Record<
  string,
  ({ id?: string } & Record<string, unknown>) | null | undefined
>;
export type StoredIntegrations = Record<string, { id?: string } & Record<string, unknown>>;

/** The partners that were sent; neither they nor what they say are kept as null. */
export function presentPartners(integrations: IntegrationsInput | null | undefined): StoredIntegrations {
  const said = (entry: object) =>
    Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
  return Object.fromEntries(
    Object.entries(integrations ?? {}).flatMap(([name, entry]) => (entry ? [[name, said(entry)]] : [])),
  );
}

/** The (partner, id) pairs that name a record, as two parallel lists. */
export function partnerKeys(integrations: StoredIntegrations): { partners: string[]; ids: string[] } {
  const pairs = Object.entries(integrations).flatMap(([name, { id }]) => (id ? [[name, id] as const] : []));
  return { partners: pairs.map(([name]) => name), ids: pairs.map(([, id]) => id) };
}

/** Throws a 400 about `path` for a partner that is none of the six. */
export function requirePartner(name: string, path = 'partnername'): Partner {
  const partner = PARTNERS.find((known) => known === name.toLowerCase());
  if (!partner) throw invalid(path, `must be one of ${PARTNERS.join(', ')}`);
  return partner;
}
