import type { Speller } from '../contacts/spelling.ts';
import { holdPipelines } from './pipeline-store.ts';

/** A vacancy's title and the values of its stages. */
export const spellVacancy: Speller = async (sql, companyId, ref) => {
  const [vacancy] = await holdPipelines(sql, companyId, { ids: [ref], hashIds: [] });
  return {
    there: vacancy !== undefined,
    respell: (contact) => ({
      ...contact,
      vacancies: contact.vacancies.flatMap((entry) => {
        if (entry.id !== ref) return [entry];
        if (!vacancy) return [];
        const stage = vacancy.stages.find(({ id }) => id === entry.stage.id);
        const value = stage?.value ?? entry.stage.value;
        return [{ ...entry, value: vacancy.title, stage: { id: entry.stage.id, value } }];
      }),
    }),
  };
};
