const LONGEST_HEADER = 200;
const HEADER = /^data:([\w!#$&^.+-]+\/[\w!#$&^.+-]+)?(?:;[\w-]+=[\w.+-]+)*;base64$/i;

/** What a data URI (RFC 2397) holds, in base64 alone; its type in lower case, without parameters. */
export function dataUri(text: string): { contentType: string; bytes: Buffer } | undefined {
  const comma = text.slice(0, LONGEST_HEADER).indexOf(',');
  const header = comma === -1 ? null : HEADER.exec(text.slice(0, comma));
  if (!header) return undefined;
  try {
    // Refuses what is not of the alphabet and takes blanks and line ends; Buffer.from takes anything.
    const { buffer } = Uint8Array.fromBase64(text.slice(comma + 1));
    return { contentType: header[1]?.toLowerCase() ?? 'text/plain', bytes: Buffer.from(buffer) };
  } catch {
    return undefined;
  }
}
