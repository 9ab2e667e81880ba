export type PictureFormat = 'jpeg' | 'png' | 'webp';

const PNG_START = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
const ZIP_END_LENGTH = 22;
const LONGEST_ZIP_COMMENT = 0xffff;
/** As far as readers of PDF and HTML look for the beginning of theirs. */
const SNIFFED = 1024;

/** What the first bytes say a picture is. */
export function formatOf(bytes: Buffer): PictureFormat | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff))) return 'jpeg';
  if (bytes.subarray(0, PNG_START.length).equals(PNG_START)) return 'png';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  return undefined;
}

/** Whether the bytes are made to be read as a document, a page or an archive too. No camera writes such. */
export function isPolyglot(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, SNIFFED);
  return /%PDF-|<!doctype|<(?:html|head|body|script|svg|iframe)\b|<\?php/i.test(head) || endsAsZip(bytes);
}

/** A ZIP archive is found from its end, whatever stands before it. */
function endsAsZip(bytes: Buffer): boolean {
  const from = bytes.length - ZIP_END_LENGTH - LONGEST_ZIP_COMMENT;
  const at = bytes.lastIndexOf(ZIP_END);
  if (at < Math.max(0, from) || at + ZIP_END_LENGTH > bytes.length) return false;
  return at + ZIP_END_LENGTH + bytes.readUInt16LE(at + ZIP_END_LENGTH - 2) === bytes.length;
}
