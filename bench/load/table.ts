import { markdown } from '../markdown.ts';
import type { Measured } from './measured.ts';
import type { Workload } from './workloads.ts';

const HEAD = [
  'workload',
  'side',
  'req/s',
  'p50 ms',
  'p99 ms',
  'CPU s / 1,000',
  'database',
  'RSS MB',
  'noise',
  'ratio',
  'goal',
  '',
];

/** As Markdown, two rows for each workload; the ratio is of requests a second. */
export function tableOf(found: [Workload, Measured, Measured][]): string[] {
  const rows = found.flatMap(([{ name, goal }, floor, server]) => {
    const ratio = server.perSecond / floor.perSecond;
    const missed = ratio < goal ? 'missed' : '';
    const refused = server.refused > 0 ? `${server.refused} refused` : '';
    return [
      [name, 'floor', ...figures(floor), '', '', ''],
      [
        '',
        'server',
        ...figures(server),
        ratio.toFixed(2),
        goal.toFixed(2),
        [missed, refused].filter(Boolean).join(', '),
      ],
    ];
  });
  return markdown(HEAD, rows, { right: [2, 3, 4, 5, 6, 7, 8, 9, 10] });
}

function figures({ perSecond, p50, p99, cpu, databaseCpu, rss, noise }: Measured): string[] {
  return [
    Math.round(perSecond).toLocaleString('en'),
    p50.toFixed(0),
    p99.toFixed(0),
    cpu.toFixed(2),
    Number.isNaN(databaseCpu) ? '–' : databaseCpu.toFixed(2),
    (rss / 1e6).toFixed(0),
    `${Math.round(noise * 100)} %`,
  ];
}
