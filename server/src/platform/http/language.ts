/** The languages of the pages; the first is for whoever asks for none of them. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

interface Headers {
  'accept-language'?: string | string[] | undefined;
}

/** The page language a browser likes best (RFC 9110 §12.5.4); `de-CH` counts as `de`. */
export function languageOf(headers: Headers): Language {
  const wishes = String(headers['accept-language'] ?? '')
    .slice(0, 500)
    .split(',')
    .map((wish) => {
      const [range = '', ...parameters] = wish.trim().toLowerCase().split(';');
      const weight = /^\s*q=([\d.]+)\s*$/.exec(parameters.join(';'))?.[1] ?? '1';
      return { language: range.trim().split('-')[0], weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wishes) {
    const known = LANGUAGES.find((one) => one === language || language === '*');
    if (known) return known;
  }
  return LANGUAGES[0];
}
