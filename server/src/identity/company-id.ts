/** Where PostgreSQL's integer ends: beyond it no company has an id. */
const LAST = 2_147_483_647;

/** Whether a number can be the id of a company. What cannot is answered like the id of none. */
export function isCompanyId(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= LAST;
}

/** The company's id that a text is, as links and paths name it; undefined for what can be none. */
export function companyIdOf(text: string | undefined): number | undefined {
  const number = /^[1-9]\d{0,9}$/.test(text ?? '') ? Number(text) : 0;
  return isCompanyId(number) ? number : undefined;
}
