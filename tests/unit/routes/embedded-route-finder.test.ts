import { describe, expect, it } from 'vitest';
import type { Town } from '../../../shared/domain/gazetteer.ts';
import { embeddedRouteFinder } from '../../../shared/domain/routes/embedded-route-finder.ts';

const town = (id: number, longitude: number): Town => ({
  id,
  name: `Town ${id}`,
  latitude: 40,
  longitude,
  population: 5_000,
  countryCode: 'US',
});
const [from, to, between] = [town(1, -110), town(2, -109), town(3, -109.5)];

describe('the route finder without a service', () => {
  it('finds the way over the gazetteer’s towns', async () => {
    const finder = embeddedRouteFinder({ townsBetween: () => [between] });
    const route = await finder.find(from, to, new AbortController().signal);
    expect(route?.towns.map(({ id }) => id)).toEqual([1, 3, 2]);
  });

  it('sees a cancel that comes after the question, and then looks for no way', async () => {
    let looked = 0;
    const finder = embeddedRouteFinder({
      townsBetween: () => {
        looked += 1;
        return [];
      },
    });
    const cancel = new AbortController();
    const route = finder.find(from, to, cancel.signal);
    const reason = new Error('cancelled');
    cancel.abort(reason);
    await expect(route).rejects.toBe(reason);
    expect(looked).toBe(0);
  });
});
