import { invalid, Problem } from '../problem.ts';
import { type Part, splitParts } from './multipart-parts.ts';
import { UploadedFile } from './uploaded-file.ts';

const MIB = 1024 * 1024;
const MOST_FILE = 10 * MIB;
const MOST_TEXT = MIB;
const MOST_SHOWN = 200;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The fields of a whole multipart/form-data body (RFC 7578): a text or a file under each name. */
export async function readMultipart(
  contentType: string,
  body: Buffer,
): Promise<Record<string, string | UploadedFile>> {
  const fields = new Map<string, string | UploadedFile>();
  for (const part of await splitParts(body, boundaryOf(contentType))) {
    const { name, filename } = disposition(part);
    const shown = name.slice(0, MOST_SHOWN);
    const value = filename === undefined ? text(shown, part.bytes) : file(shown, part.bytes, filename);
    const earlier = fields.get(name);
    if (earlier !== undefined) {
      const files = earlier instanceof UploadedFile && value instanceof UploadedFile;
      throw invalid(shown, files ? 'must be one file' : 'must be sent once');
    }
    fields.set(name, value);
  }
  // Not by assignment: a field may be called __proto__.
  return Object.fromEntries(fields);
}

function text(name: string, bytes: Buffer): string {
  if (bytes.length > MOST_TEXT) throw invalid(name, 'must be at most 1 MiB');
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalid(name, 'must be UTF-8');
  }
}

function file(name: string, bytes: Buffer, filename: string): UploadedFile {
  if (bytes.length > MOST_FILE) throw invalid(name, 'must be at most 10 MiB');
  return new UploadedFile(bytes, filename.split(/[\\/]/).at(-1)!);
}

/** RFC 2046 §5.1.1: 1 to 70 characters, of which a blank is not the last. */
function boundaryOf(contentType: string): string {
  const { boundary } = parameters(contentType);
  if (boundary === undefined || !/^[\w'()+,\-./:=? ]{0,69}[\w'()+,\-./:=?]$/.test(boundary)) {
    throw new Problem(400, 'body: the content type must name the boundary of the parts');
  }
  return boundary;
}

function disposition({ headers }: Part): { name: string; filename: string | undefined } {
  const given = headers['content-disposition']?.[0] ?? '';
  const { name, filename } = parameters(given);
  if (!/^form-data\s*(?:;|$)/i.test(given) || !name) {
    throw new Problem(400, 'body: each part must say Content-Disposition: form-data with a name');
  }
  return { name: headerText(name), filename: filename === undefined ? undefined : headerText(filename) };
}

const PARAMETER = /[ \t]*;[ \t]*([\w*-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/gy;

/** The parameters of a header's value, the first of each name; quoted ones without their quotes. */
function parameters(value: string): Record<string, string | undefined> {
  const found = new Map<string, string>();
  const start = value.indexOf(';');
  // From one to the next without a gap: what is not well formed ends the reading.
  for (const [, name, quoted, token] of start < 0 ? [] : value.slice(start).matchAll(PARAMETER)) {
    const key = name!.toLowerCase();
    if (!found.has(key)) found.set(key, quoted === undefined ? token! : unquoted(quoted));
  }
  return Object.fromEntries(found);
}

/** Of a quotation mark, browsers write %22, all others a backslash before it. */
function unquoted(text: string): string {
  return text.replaceAll(/\\(["\\])|%22/g, (_, escaped = '"') => escaped);
}

/** Headers are read byte by byte; what they say is UTF-8 (RFC 7578 §5.1). */
function headerText(bytes: string): string {
  try {
    const decoded = utf8.decode(Buffer.from(bytes, 'latin1'));
    if (!decoded.includes('\0')) return decoded;
  } catch {}
  throw new Problem(400, 'body: the names of fields and files must be UTF-8, without U+0000');
}
