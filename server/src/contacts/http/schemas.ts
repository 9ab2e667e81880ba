import { Type } from 'typebox';
import { Integrations } from '../../identity/integrations.ts';
import { listQuery } from '../../platform/http/list-query.ts';
import { email, id, moment, named, nullable, oneOf, readOnly, text } from '../../platform/http/schema.ts';
import { MOST } from '../contact-limits.ts';

const opt = Type.Optional;
const list = <T extends Parameters<typeof Type.Array>[0]>(item: T, maxItems: number) =>
  opt(nullable(Type.Array(item, { maxItems })));
const line = () => opt(nullable(text(500)));
const long = () => opt(nullable(text(20_000)));
const when = () => opt(nullable(moment()));
const flag = () => opt(nullable(Type.Boolean()));

const experienceFields = {
  current: flag(),
  organisationName: line(),
  role: line(),
  description: long(),
  startDate: when(),
  endDate: when(),
};
const educationFields = {
  current: flag(),
  organisationName: line(),
  degree: line(),
  major: line(),
  program: line(),
  grade: line(),
  startDate: when(),
  endDate: when(),
};
const itemId = { id: opt(nullable(text(100))) };

export const Confidentiality = named(
  'Confidentiality',
  Type.Object({
    mode: oneOf(['all-confidentials', 'shares-only']),
    shares: Type.Object({
      teams: Type.Array(id(), { maxItems: 500 }),
      users: Type.Array(id(), { maxItems: 500 }),
    }),
  }),
);

const grantees = opt(Type.Array(id(), { maxItems: 500 }));
const ConfidentialityInput = named(
  'ConfidentialityInput',
  Type.Object({
    mode: opt(oneOf(['all-confidentials', 'shares-only'])),
    shares: opt(Type.Object({ teams: grantees, users: grantees })),
  }),
);

export const Shares = named(
  'Shares',
  Type.Object({
    mode: opt(oneOf(['shares-only'])),
    shares: Type.Object({ teams: grantees, users: grantees }),
  }),
);

export const Location = named(
  'Location',
  Type.Object({
    address: line(),
    address2: line(),
    city: line(),
    county: line(),
    country: line(),
    postcode: line(),
    name: line(),
    formattedAddress: opt(nullable(text(2000))),
    geoPoint: opt(
      nullable(
        Type.Object({
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          lon: Type.Number({ minimum: -180, maximum: 180 }),
        }),
      ),
    ),
  }),
);

const CustomFieldInput = Type.Object({
  id: id(),
  value: opt(
    Type.Unsafe<string | number | boolean | null>({
      type: ['string', 'number', 'boolean', 'null'],
      maxLength: 20_000,
    }),
  ),
  values: opt(nullable(Type.Array(text(500), { maxItems: 500 }))),
  name: opt(readOnly(Type.String())),
  displayName: opt(readOnly(Type.String())),
  displayValue: opt(readOnly(Type.String())),
  visibleTo: opt(readOnly(Type.Array(Type.String()))),
});

const reference = Type.Object({ id: opt(nullable(text(100))), value: opt(nullable(text(200))) });

/** Where a contact stands on a vacancy, as clients say it. */
export const standing = {
  stage: opt(
    nullable(
      Type.Object({
        id: Type.String({ minLength: 1, maxLength: 100 }),
        date: when(),
        value: opt(readOnly(Type.String())),
        group: opt(readOnly(Type.String())),
        locked: opt(readOnly(Type.Boolean())),
      }),
    ),
  ),
  priority: opt(nullable(text(100))),
  rejectionReason: opt(
    nullable(Type.Object({ id: opt(nullable(text(100))), value: opt(nullable(text(500))), date: when() })),
  ),
};

/** What a client may say of a contact: absent = as it is, null = cleared. */
export const ContactInput = named(
  'ContactInput',
  Type.Object({
    firstName: line(),
    middleNames: list(text(500), MOST.middleNames),
    lastName: line(),
    fullName: opt(nullable(text(2000))),
    emails: list(email(), MOST.emails),
    primaryEmail: opt(nullable(email())),
    phoneNumbers: list(text(100, { minLength: 1 }), MOST.phoneNumbers),
    primaryPhoneNumber: opt(nullable(text(100, { minLength: 1 }))),
    links: list(text(2048, { minLength: 1 }), MOST.links),
    location: opt(nullable(Location)),
    experience: list(Type.Object({ ...itemId, ...experienceFields }), MOST.experience),
    education: list(Type.Object({ ...itemId, ...educationFields }), MOST.education),
    skills: list(text(200, { minLength: 1 }), MOST.skills),
    languages: list(Type.Object({ languageCode: line(), value: line() }), MOST.languages),
    customFields: list(CustomFieldInput, MOST.customFields),
    globalTags: list(reference, MOST.globalTags),
    status: opt(nullable(reference)),
    lists: list(Type.Object({ id: id(), name: opt(readOnly(Type.String())) }), MOST.lists),
    vacancies: list(
      Type.Object({ id: id(), value: opt(readOnly(Type.String())), ...standing }),
      MOST.vacancies,
    ),
    integrations: opt(nullable(Integrations)),
    assignedTo: opt(nullable(text(100))),
    sourcedBy: opt(nullable(text(100))),
    confidential: flag(),
    confidentiality: opt(nullable(ConfidentialityInput)),
    doNotContact: flag(),
    gdprConsent: flag(),
    gdprConsentDate: when(),
    createdTime: when(),
    creationSource: opt(nullable(Type.Object({ id: line(), value: line() }))),
    id: opt(readOnly(id())),
    version: opt(readOnly(Type.Integer())),
    updatedTime: opt(readOnly(moment())),
    archivedAt: opt(readOnly(moment())),
    mergedWith: opt(readOnly(Type.Unknown())),
    mergedIn: opt(readOnly(Type.Unknown())),
    primaryExperience: opt(readOnly(Type.Unknown())),
  }),
);

const answered = <T extends Record<string, Parameters<typeof Type.Array>[0]>>(fields: T) =>
  Type.Object({ id: id(), ...fields });
const Item = {
  Experience: named('Experience', answered(experienceFields)),
  Education: named('Education', answered(educationFields)),
};
const Tag = named('Tag', Type.Object({ id: id(), value: Type.String() }));

export const Contact = named(
  'Contact',
  Type.Object({
    id: id(),
    version: Type.Integer(),
    updatedTime: moment(),
    assignedTo: opt(id()),
    sourcedBy: opt(id()),
    createdTime: moment(),
    archivedAt: opt(moment()),
    firstName: opt(Type.String()),
    middleNames: Type.Array(Type.String()),
    lastName: opt(Type.String()),
    fullName: opt(Type.String()),
    emails: Type.Array(Type.String()),
    primaryEmail: opt(Type.String()),
    phoneNumbers: Type.Array(Type.String()),
    primaryPhoneNumber: opt(Type.String()),
    links: Type.Array(Type.String()),
    location: opt(Location),
    experience: Type.Array(Item.Experience),
    primaryExperience: opt(Item.Experience),
    education: Type.Array(Item.Education),
    skills: Type.Array(Type.String()),
    languages: Type.Array(Type.Object({ languageCode: opt(Type.String()), value: opt(Type.String()) })),
    customFields: Type.Array(
      named(
        'ContactCustomFieldValue',
        Type.Object({
          id: id(),
          name: Type.String(),
          displayName: Type.String(),
          displayValue: Type.String(),
          value: opt(Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] })),
          values: opt(Type.Array(Type.String())),
          visibleTo: Type.Array(Type.String()),
        }),
      ),
    ),
    globalTags: Type.Array(Tag),
    status: opt(Tag),
    lists: Type.Array(named('ContactList', Type.Object({ id: id(), name: Type.String() }))),
    vacancies: Type.Array(
      named(
        'ContactVacancyEntry',
        Type.Object({ id: id(), value: Type.String(), priority: opt(Type.String()), stage: Tag }),
      ),
    ),
    integrations: Integrations,
    confidential: Type.Boolean(),
    confidentiality: Confidentiality,
    doNotContact: Type.Boolean(),
    gdprConsent: opt(Type.Boolean()),
    gdprConsentDate: opt(moment()),
    creationSource: opt(Type.Object({ id: opt(Type.String()), value: opt(Type.String()) })),
  }),
);

export const Contacts = named(
  'Contacts',
  Type.Object({
    contacts: Type.Array(Contact),
    last_batch: Type.Integer({ description: 'How many contacts this answer holds.' }),
    total_count: Type.Integer({
      description: 'Exact up to 10,000; above that an estimate, never under 10,000.',
    }),
  }),
);

export const ContactsQuery = Type.Object({ ...listQuery, email: opt(text(254)) });

export const DeletedQuery = Type.Object({
  since: opt(moment()),
  afterId: opt(text(100)),
  type: opt(oneOf(['deleted', 'archived', 'anonymised', 'anonymized'])),
});

export const DeletedContacts = named(
  'DeletedContacts',
  Type.Object({ ids: Type.Array(id()), totalCount: Type.Integer() }),
);

export const Preferences = named('Preferences', Type.Object({ doNotContact: Type.Boolean() }));
export const ContactParams = Type.Object({ contactid: id() });
/** The reference spells this parameter differently where it is followed by a further step. */
export const ContactIdParams = Type.Object({ contactId: id() });
export const Message = named('Message', Type.Object({ message: Type.String() }));
export const Code = named('Code', Type.Object({ code: Type.Integer() }));
