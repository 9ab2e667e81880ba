/** An email as it is kept: as written, without blanks around it. */
export function parsedEmail(email: string): string {
  return email.trim();
}

/** An email as it is compared: without regard to case. */
export function emailKey(email: string): string {
  return parsedEmail(email).toLowerCase();
}
