import { Type } from 'typebox';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { id, named, readOnly, text } from '../../platform/http/schema.ts';
import { createTeam } from '../create-team.ts';
import { type BeforeTeamGoes, deleteTeam } from '../delete-team.ts';
import { readTeam, readTeams } from '../read-teams.ts';
import { updateTeam } from '../update-team.ts';
import { Page, Success } from './schemas.ts';

const name = text(200, { minLength: 1 });
const members = Type.Optional(Type.Array(id(), { maxItems: 10_000, uniqueItems: true }));
const NewTeam = named('NewTeam', Type.Object({ id: Type.Optional(readOnly(id())), name, members }));
const TeamChange = named(
  'TeamChange',
  Type.Object({ id: Type.Optional(readOnly(id())), name: Type.Optional(name), members }),
);
const Team = named('Team', Type.Object({ id: id(), name: Type.String(), members: Type.Array(id()) }));
const Teams = named('Teams', Type.Object({ teams: Type.Array(Team), totalCount: Type.Integer() }));
const TeamParams = Type.Object({ teamid: id() });

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const oneTeam = { ...errors, 404: 'No such team' } as const;

export const teamRoutes = (options: { beforeTeamGoes: readonly BeforeTeamGoes[] }): Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/v1/teams',
    permission: 'signed-in',
    operationId: 'listTeams',
    tag: 'teams',
    summary: 'List the teams',
    query: Page,
    responses: { 200: Teams, ...errors },
    verb: readTeams,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/teams',
    permission: 'settings.write',
    operationId: 'createTeam',
    tag: 'teams',
    summary: 'Create a team',
    body: NewTeam,
    responses: { 200: Team, ...errors, 403: 'Not allowed to change settings', 409: 'The name is taken' },
    verb: createTeam,
    input: ({ body }) => body,
    answer: (team) => ({ status: 200, body: team, headers: { location: `/v1/teams/${team.id}` } }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/teams/{teamid}',
    permission: 'signed-in',
    operationId: 'getTeam',
    tag: 'teams',
    summary: 'Read a team',
    params: TeamParams,
    responses: { 200: Team, ...oneTeam },
    verb: readTeam,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/teams/{teamid}',
    permission: 'settings.write',
    operationId: 'updateTeam',
    tag: 'teams',
    summary: 'Change a team',
    description: '`members` replaces them all.',
    params: TeamParams,
    body: TeamChange,
    responses: { 200: Team, ...oneTeam, 403: 'Not allowed to change settings', 409: 'The name is taken' },
    verb: updateTeam,
    input: ({ params, body }) => ({ teamid: params.teamid, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/teams/{teamid}',
    permission: 'settings.write',
    operationId: 'deleteTeam',
    tag: 'teams',
    summary: 'Delete a team',
    description: 'Its members stay; what was shared with it no longer is.',
    params: TeamParams,
    responses: { 200: Success, ...oneTeam, 403: 'Not allowed to change settings' },
    verb: deleteTeam(options.beforeTeamGoes),
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the team was deleted' }),
  }),
];
