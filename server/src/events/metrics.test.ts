import { describe, expect, it } from 'vitest';
import { metricsOf } from './metrics.ts';

describe('metricsOf', () => {
  it('counts who reached at least each step', () => {
    expect(metricsOf({ prospect: 1, invited: 2, registered: 4, attended: 8 })).toEqual({
      attendanceRate: 0.667,
      funnel: { prospect: 15, invited: 14, registered: 12, attended: 8 },
      funnelList: [
        { id: 'prospect', name: 'Prospect', count: 15 },
        { id: 'invited', name: 'Invited', count: 14 },
        { id: 'registered', name: 'Registered', count: 12 },
        { id: 'attended', name: 'Attended', count: 8 },
      ],
    });
  });

  it.each([
    [{}, 0],
    [{ prospect: 3, invited: 2 }, 0],
    [{ registered: 5 }, 0],
    [{ attended: 5 }, 1],
    [{ registered: 2, attended: 1 }, 0.333],
    [{ registered: 1999, attended: 1 }, 0.001],
  ])('of %j the rate of attendance is %d', (standing, rate) => {
    expect(metricsOf(standing).attendanceRate).toBe(rate);
  });
});
