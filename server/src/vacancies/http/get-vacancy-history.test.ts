import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  contactPath,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer, Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const path = (name: string, query = '') => vacancyPath(name, `/history${query}`);
const read = async ({ hash_id }: Body, query = '', caller: Caller = world.company.admin): Promise<Body> => {
  const { status, body } = await caller.get(path(hash_id, query));
  expect(status).toBe(200);
  return body;
};
/** A company's vacancy with as many contacts, all on it. */
async function filled(count: number) {
  const { admin } = world.company;
  const vacancy = await newVacancy(world.company);
  const ids: string[] = [];
  for (let each = 0; each < count; each++) {
    ids.push((await newContact(admin)).id);
    await placed(admin, vacancy, ids.at(-1)!);
  }
  return { vacancy, ids };
}

describe('GET /v1/vacancy/{vacancyid}/history', () => {
  const vacancy = async () => (await newVacancy(world.company)).hash_id;
  knowsItsCallers(world, 'GET', async () => ({ path: path(await vacancy()) }));
  keepsCompaniesApart(world, 'GET', vacancy, path);

  it('200: whatever happened, oldest first, by whom and when', async () => {
    const { admin } = world.company;
    const recruiter = await world.company.user('recruiter_team_member');
    const made = await newVacancy(world.company);
    const { id, fullName } = await newContact(admin);
    const put = (caller: Caller, body: object) => caller.put(standingPath(made, id), body);
    const answers = [
      await put(admin, {}),
      await put(recruiter, { stage: { id: stageOf(made, 'Interview') } }),
      await put(recruiter, { rejectionReason: { id: 'r', value: 'No' } }),
      await put(admin, { rejectionReason: null }),
      await put(admin, { priority: 'high' }),
      await admin.delete(standingPath(made, id)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const [applied, interview] = ['Applied', 'Interview'].map((value) => ({
      id: stageOf(made, value),
      value,
    }));
    const common = { id: expect.any(String), contact: { id, fullName }, date: expect.any(String) };
    const body = await read(made);
    expect(body).toEqual({
      totalCount: 5,
      history: [
        { ...common, kind: 'added', actor: admin.id, to: applied },
        { ...common, kind: 'moved', actor: recruiter.id, from: applied, to: interview },
        {
          ...common,
          kind: 'rejected',
          actor: recruiter.id,
          from: interview,
          rejectionReason: { id: 'r', value: 'No' },
        },
        { ...common, kind: 'reinstated', actor: admin.id, to: interview },
        { ...common, kind: 'removed', actor: admin.id, from: interview },
      ],
    });
    const dates = body.history.map(({ date }: Body) => date);
    expect(dates).toEqual(dates.toSorted());
    expect(dates.slice(0, 3)).toEqual([
      answers[0]!.body.date,
      answers[1]!.body.stage.date,
      answers[2]!.body.rejectionReason.date,
    ]);
  });

  it('200: with the names that the stages had, also of one that is gone', async () => {
    const { vacancy: made, ids } = await filled(1);
    const { admin } = world.company;
    await placed(admin, made, ids[0]!, 'Interview');
    const [applied, interview] = [stageOf(made, 'Applied'), stageOf(made, 'Interview')];
    await admin.patch(vacancyPath(made.hash_id), {
      stages: [{ id: interview, value: 'Talk' }],
      updated_at: '2100-01-01',
    });
    await admin.delete(standingPath(made, ids[0]!));
    expect((await read(made)).history.map(({ from, to }: Body) => [from, to])).toEqual([
      [undefined, { id: applied, value: 'Applied' }],
      [
        { id: applied, value: 'Applied' },
        { id: interview, value: 'Interview' },
      ],
      [{ id: interview, value: 'Talk' }, undefined],
    ]);
  });

  it('200: the same whichever way the contact was placed', async () => {
    const { admin } = world.company;
    const made = await newVacancy(world.company);
    const of = (value: string) => ({ id: made.id, stage: { id: stageOf(made, value) } });
    const { id } = await newContact(admin, { vacancies: [of('Interview')] });
    await admin.patch(contactPath(id), { vacancies: [{ ...of('Applied'), rejectionReason: { id: 'r' } }] });
    await admin.patch(contactPath(id), { vacancies: [] });
    expect(
      (await read(made)).history.map(({ kind, from, to }: Body) => [kind, from?.value, to?.value]),
    ).toEqual([
      ['added', undefined, 'Interview'],
      ['moved', 'Interview', 'Applied'],
      ['rejected', 'Applied', undefined],
      ['removed', 'Applied', undefined],
    ]);
  });

  it('200: a page at a time, and of one contact', async () => {
    const { vacancy: made, ids } = await filled(3);
    await placed(world.company.admin, made, ids[1]!, 'Interview');
    const { history } = await read(made);
    expect(history.map(({ contact }: Body) => contact.id)).toEqual([...ids, ids[1]]);
    expect(await read(made, '?limit=2')).toEqual({ history: history.slice(0, 2), totalCount: 4 });
    expect(await read(made, '?skip=1&limit=2')).toEqual({ history: history.slice(1, 3), totalCount: 4 });
    expect(await read(made, '?skip=4')).toEqual({ history: [], totalCount: 4 });
    expect(await read(made, '?limit=0')).toEqual({ history: [], totalCount: 4 });
    for (const id of [ids[1]!, ids[1]!.toUpperCase()]) {
      const expected = [history[1], history[3]];
      expect(await read(made, `?contactId=${id}`)).toEqual({ history: expected, totalCount: 2 });
    }
    for (const nobody of [randomUUID(), 'nobody'])
      expect(await read(made, `?contactId=${nobody}`)).toEqual({ history: [], totalCount: 0 });
  });

  it('200: only of whom the reader sees; of no one who is anonymised or deleted', async () => {
    const { admin } = world.company;
    const { vacancy: made, ids } = await filled(4);
    const [open, secret, gone, away] = ids as [string, string, string, string];
    await admin.patch(contactPath(secret), { confidential: true });
    await admin.delete(contactPath(gone));
    await admin.post(contactPath(away, '/anonymize'));
    const member = await world.company.user('team_member');
    const told = async (caller: Caller, query = '') => {
      const { history, totalCount } = await read(made, query, caller);
      expect(totalCount).toBe(history.length);
      return history.map(({ contact }: Body) => contact.id);
    };
    expect(await told(admin)).toEqual([open, secret]);
    expect(await told(member)).toEqual([open]);
    expect(await told(member, `?contactId=${secret}`)).toEqual([]);
    await admin.post(contactPath(away, '/deanonymize'));
    expect(await told(admin)).toEqual([open, secret, away]);
    const limited = await world.company.user('limited');
    expect(await told(limited)).toEqual([]);
  });

  it('200: it stays with the actor who has left, and with a contact that is archived', async () => {
    const { vacancy: made, ids } = await filled(1);
    const recruiter = await world.company.user('recruiter_team_member');
    await placed(recruiter, made, ids[0]!, 'Interview');
    const before = await read(made);
    await world.company.admin.delete(`/v1/user/${recruiter.id}`);
    await world.company.admin.post(contactPath(ids[0]!, '/archive'));
    expect(await read(made)).toEqual(before);
  });

  it.each([
    ['limit=201', 'limit'],
    ['limit=-1', 'limit'],
    ['skip=-1', 'skip'],
    ['skip=x', 'skip'],
    ['contactId=%00', 'contactId'],
  ])('400: %s', async (query, field) => {
    const { status, body } = await world.company.admin.get(path(await vacancy(), `?${query}`));
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });

  it('404: the role restricted, as where there is none', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(path(await vacancy()))).status).toBe(404);
    for (const query of ['', '?contactId=nobody'])
      expect((await world.company.admin.get(path(randomUUID(), query))).status).toBe(404);
  });
});
