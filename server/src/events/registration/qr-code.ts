import { crc32, deflateSync } from 'node:zlib';
// qr (paulmillr): no dependencies, draws and reads QR codes, so that the tests can read what was drawn.
import { encodeQR } from 'qr';

/** The quiet zone of ISO/IEC 18004, in modules. */
const OPTIONS = { ecc: 'medium', border: 4 } as const;
const PIXELS_A_MODULE = 6;

/** As an inline picture of a page: black on nothing, to be laid on white. */
export function qrSvg(text: string): string {
  return encodeQR(text, 'svg', OPTIONS);
}

/** For mail programs, which show no SVG: a PNG of one bit a pixel, a hundredth of what the same GIF would weigh. */
export function qrPng(text: string): Buffer {
  const modules = encodeQR(text, 'raw', OPTIONS);
  const size = modules.length * PIXELS_A_MODULE;
  const rowBytes = Math.ceil(size / 8);
  const rows = modules.flatMap((row) => {
    // The filter type of the row (none), then its bits, white = 1.
    const line = Buffer.alloc(1 + rowBytes);
    for (let x = 0; x < size; x++) {
      if (!row[Math.floor(x / PIXELS_A_MODULE)]) line[1 + (x >> 3)]! |= 0x80 >> (x & 7);
    }
    return Array.from({ length: PIXELS_A_MODULE }, () => line);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 1; // Bits a pixel; all zeros after it: grey, deflated, not interlaced.
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Length, type, data and the checksum of both (PNG §5.3). */
function chunk(type: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
