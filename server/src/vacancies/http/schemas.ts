import { Type } from 'typebox';
import { standing } from '../../contacts/http/schemas.ts';
import { Integrations } from '../../identity/integrations.ts';
import { listQuery } from '../../platform/http/list-query.ts';
import { id, moment, named, nullable, oneOf, readOnly, text } from '../../platform/http/schema.ts';

const opt = Type.Optional;
const line = () => opt(nullable(text(500)));
const when = () => opt(nullable(moment()));
const count = (description: string) => Type.Integer({ description });

const MOST_STAGES = 100;

const StageInput = named(
  'StageInput',
  Type.Object({
    id: opt(nullable(Type.String({ minLength: 1, maxLength: 100 }))),
    name: opt(nullable(text(200))),
    value: opt(nullable(text(200))),
    group: opt(nullable(text(200))),
    order: opt(nullable(Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 }))),
    locked: opt(nullable(Type.Boolean({ description: 'Lets no contact out.' }))),
    integrations: opt(nullable(Integrations)),
    assigned: opt(readOnly(Type.Unknown())),
    contactcount: opt(readOnly(Type.Unknown())),
  }),
);

const writable = {
  department: line(),
  description: opt(nullable(text(100_000))),
  dueDate: when(),
  integrations: opt(nullable(Integrations)),
  job_level_id: line(),
  job_url: opt(nullable(Type.String({ format: 'uri', maxLength: 2048 }))),
  location: line(),
  manager: line(),
  owner: line(),
  published: opt(nullable(Type.Boolean())),
  salary: line(),
  stages: opt(nullable(Type.Array(StageInput, { maxItems: MOST_STAGES }))),
  status: line(),
  team_id: line(),
  type: line(),
  visibility: line(),
};
const given = {
  id: opt(readOnly(id())),
  hash_id: opt(readOnly(id())),
  company: opt(readOnly(Type.Unknown())),
  contact_count: opt(readOnly(Type.Unknown())),
};
const title = text(500, { minLength: 1 });

export const NewVacancy = named(
  'NewVacancy',
  Type.Object({ ...writable, ...given, title, createdAt: when(), updated_at: when() }),
);

export const VacancyChange = named(
  'VacancyChange',
  Type.Object({
    ...writable,
    ...given,
    title: opt(title),
    createdAt: opt(readOnly(moment())),
    updated_at: moment(),
  }),
);

const Stage = named(
  'Stage',
  Type.Object({
    assigned: count('Contacts on the stage that are not rejected.'),
    contactcount: count('Contacts on the stage.'),
    group: opt(Type.String()),
    id: Type.String(),
    integrations: Integrations,
    locked: Type.Boolean(),
    name: Type.String(),
    order: Type.Integer(),
    value: Type.String(),
  }),
);

export const Vacancy = named(
  'Vacancy',
  Type.Object({
    company: Type.String(),
    contact_count: count('Contacts on the vacancy, counted when it is read.'),
    createdAt: moment(),
    department: opt(Type.String()),
    description: opt(Type.String()),
    dueDate: opt(moment()),
    hash_id: id(),
    id: id(),
    integrations: Integrations,
    job_level_id: opt(Type.String()),
    job_url: opt(Type.String()),
    location: opt(Type.String()),
    manager: opt(Type.String()),
    owner: opt(Type.String()),
    published: Type.Boolean(),
    salary: opt(Type.String()),
    stages: Type.Array(Stage),
    status: opt(Type.String()),
    team_id: opt(Type.String()),
    title: Type.String(),
    type: opt(Type.String()),
    updated_at: moment(),
    visibility: opt(Type.String()),
  }),
);

export const Vacancies = named(
  'Vacancies',
  Type.Object({
    totalCount: count('Exact up to 10,000; above that an estimate, never under 10,000.'),
    vacancies: Type.Array(Vacancy),
  }),
);

export const VacanciesQuery = Type.Object({
  ...listQuery,
  integration_name: opt(text(100)),
  integration_id: opt(text(500)),
});

export const Standing = named('Standing', Type.Object(standing));

const shownStanding = {
  date: moment(),
  priority: opt(Type.String()),
  rejectionReason: opt(Type.Object({ date: moment(), id: Type.String(), value: opt(Type.String()) })),
  stage: Type.Object({
    date: moment(),
    group: opt(Type.String()),
    id: Type.String(),
    locked: Type.Boolean(),
    value: Type.String(),
  }),
};

export const VacancyContact = named(
  'VacancyContact',
  Type.Object({
    id: id(),
    fullName: opt(Type.String()),
    primaryEmail: opt(Type.String()),
    ...shownStanding,
  }),
);
export const VacancyContacts = named(
  'VacancyContacts',
  Type.Object({ contacts: Type.Array(VacancyContact), totalCount: Type.Integer() }),
);

const moved = opt(Type.Object({ id: Type.String(), value: opt(Type.String()) }));
export const VacancyHistory = named(
  'VacancyHistory',
  Type.Object({
    history: Type.Array(
      named(
        'VacancyMove',
        Type.Object({
          id: id(),
          kind: oneOf(['added', 'moved', 'rejected', 'reinstated', 'removed']),
          date: moment(),
          contact: Type.Object({ id: id(), fullName: opt(Type.String()) }),
          actor: opt(id()),
          from: moved,
          to: moved,
          rejectionReason: moved,
        }),
      ),
    ),
    totalCount: Type.Integer(),
  }),
);

export const ContactVacancies = named(
  'ContactVacancies',
  Type.Object({
    metadata: Type.Object({ totalCount: Type.Integer() }),
    vacancies: Type.Array(
      named(
        'ContactVacancy',
        Type.Object({
          id: id(),
          integrations: Integrations,
          owner: opt(Type.String()),
          shortPublicId: Type.String(),
          stages: Type.Array(Stage),
          value: Type.String(),
          ...shownStanding,
        }),
      ),
    ),
  }),
);

export const range = {
  skip: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 50 }),
};
export const VacancyParams = Type.Object({ vacancyid: id() });
export const VacancyContactParams = Type.Object({ vacancyid: id(), contactid: id() });
