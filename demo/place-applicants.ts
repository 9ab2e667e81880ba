import { applications } from './applications.ts';
import type { Contact } from './contacts.ts';
import type { Vacancy } from './fill-vacancies.ts';
import type { Filling } from './filling.ts';

/** Puts applicants on the vacancies and moves them as it went; those who are on one already are left as they are. */
export async function placeApplicants(
  { request, each, made }: Filling,
  contacts: readonly Contact[],
  vacancies: readonly Vacancy[],
): Promise<void> {
  const contactOf = new Map(contacts.map((contact) => [contact.person, contact]));
  const vacancyOf = new Map(vacancies.map((vacancy) => [vacancy.opening, vacancy]));
  const placements = applications([...contactOf.keys()], [...vacancyOf.keys()])
    .map(({ person, opening, course }) => ({
      contact: contactOf.get(person)!,
      vacancy: vacancyOf.get(opening)!,
      course,
    }))
    .filter(
      ({ contact, vacancy, course }) =>
        !contact.archived &&
        !vacancy.there.has(contact.id) &&
        course.stages.every(({ value }) => vacancy.stageIds.has(value)),
    );
  await each('applicants', placements, async ({ contact, vacancy, course }) => {
    const path = `/v1/vacancy/${vacancy.hashId}/contacts/${contact.id}`;
    const last = course.stages.length - 1;
    for (const [index, { value, date }] of course.stages.entries()) {
      await request('PUT', path, {
        stage: { id: vacancy.stageIds.get(value), date },
        ...(index === 0 && course.priority && { priority: course.priority }),
        ...(index === last && course.rejection && { rejectionReason: course.rejection }),
      });
    }
    made.placements++;
    made.moves += course.stages.length + (course.rejection ? 1 : 0);
  });
}
