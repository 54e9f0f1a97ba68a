import { expect, it } from 'vitest';
import { foundRouteMicroUsd } from '../../../shared/catalog/prices.ts';
import type { UpstreamName } from '../../../shared/catalog/upstreams.ts';
import { gatedRouteFinder } from '../../../shared/jobs/gated-calls.ts';

const town = { id: 1, name: 'Tucumcari', latitude: 35.17, longitude: -103.72, countryCode: 'US', population: 5_000 };

it('a way on roads is looked for behind the gate of its finder, and costs what the finder says', async () => {
  const asked: [UpstreamName, number][] = [];
  const gate = {
    call: async <T>(upstream: UpstreamName, need: number, make: () => Promise<T>) => {
      asked.push([upstream, need]);
      return make();
    },
  };
  const finder = gatedRouteFinder({ microUsd: foundRouteMicroUsd, find: async () => undefined }, gate);
  const { signal } = new AbortController();
  await expect(finder.find(town, { ...town, id: 2 }, signal)).resolves.toBeUndefined();
  expect(asked).toEqual([['location', 1]]);
  await finder.find(town, town, signal);
  expect(asked, 'nobody need be asked for the way from a town to itself').toHaveLength(1);
  expect(finder.microUsd).toBe(foundRouteMicroUsd);
});
