const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}.]+(?:\.[^\s@<>()[\]\\,;:"\p{C}.]+)+$/u;

/** As RFC 5321 §4.5.3.1.3 has it. */
export const LONGEST_EMAIL = 254;

/** Whether a text is one email address and nothing that could be read as more. */
export function isEmailAddress(text: string): boolean {
  return text.length <= LONGEST_EMAIL && ADDRESS.test(text);
}
