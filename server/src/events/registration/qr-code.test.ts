import { inflateSync } from 'node:zlib';
import { decodeQR } from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { qrPng, qrSvg } from './qr-code.ts';

const URLS = [
  'http://localhost:4010/ticket/1.x',
  `https://crm.example.org/ticket/2147483647.${'aZ-_09'.repeat(12)}`,
  `https://recruiting.a-rather-long-company-name.example.org/some/path/ticket/12.${'x'.repeat(200)}`,
];

/** What a camera reads from black and white pixels. */
function read(size: number, black: (x: number, y: number) => boolean): string {
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (black(x, y)) data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
  }
  return decodeQR({ width: size, height: size, data });
}

/** The one-bit PNG's pixels, by PNG §5 and §9 for the one filter that is used. */
function readPng(png: Buffer): string {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const size = png.readUInt32BE(16);
  expect([png.readUInt32BE(20), png[24], png[25]]).toEqual([size, 1, 0]);
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const rowBytes = Math.ceil(size / 8) + 1;
  expect(rows.length).toBe(rowBytes * size);
  expect(rows.every((byte, index) => index % rowBytes > 0 || byte === 0)).toBe(true);
  return read(size, (x, y) => (rows[y * rowBytes + 1 + (x >> 3)]! & (0x80 >> (x & 7))) === 0);
}

/** The picture's unit squares, eight pixels each. */
function readSvg(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)![1]);
  const black = new Set<string>();
  let [x, y] = [0, 0];
  for (const [, move, a, b] of svg.matchAll(/([Mm])(-?\d+) (-?\d+)h1v1(?:H\d+|h-1)Z/g)) {
    [x, y] = move === 'M' ? [Number(a), Number(b)] : [x + Number(a), y + Number(b)];
    black.add(`${x} ${y}`);
  }
  return read(size * 8, (px, py) => black.has(`${px >> 3} ${py >> 3}`));
}

describe('the QR code', () => {
  it.each(URLS)('of a mail holds %s', (url) => {
    expect(readPng(qrPng(url))).toBe(url);
  });

  it.each(URLS)('of a page holds %s', (url) => {
    expect(readSvg(qrSvg(url))).toBe(url);
  });

  it('is light enough for a mail', () => {
    expect(qrPng(URLS[2]!).length).toBeLessThan(4_000);
  });

  it('of a page is one plain drawing', () => {
    expect(qrSvg(URLS[0]!)).toMatch(
      /^<svg viewBox="[\d ]+" xmlns="http:\/\/www\.w3\.org\/2000\/svg"><path d="[MmhvHZ\d -]+"\/><\/svg>$/,
    );
  });
});
