import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldMessage } from '../../../shared/runtime/field-messages.ts';

const schema = z.object({
  name: z.string().min(2).max(4),
  age: z.int().min(1).max(9),
  share: z.number().gt(0).lt(1),
  colour: z.enum(['red', 'blue']),
  kind: z.literal('car'),
  tags: z.array(z.string()).min(1).max(2),
  email: z.email(),
  at: z.iso.datetime(),
  plate: z.string().regex(/^[A-Z]+$/, 'must be capitals'),
  home: z.object({ latitude: z.number() }),
  extras: z.record(z.string().regex(/^[a-z]+$/, 'is not a name'), z.string()),
  wheels: z.discriminatedUnion('on', [z.object({ on: z.literal('road') }), z.object({ on: z.literal('rail') })]),
  code: z.string().regex(/^\d+$/),
});

const right = {
  name: 'Ada',
  age: 5,
  share: 0.5,
  colour: 'red',
  kind: 'car',
  tags: ['a'],
  email: 'ada@example.com',
  at: '2026-07-04T12:00:00Z',
  plate: 'NM',
  home: { latitude: 1 },
  extras: { radio: 'AM' },
  wheels: { on: 'road' },
  code: '7',
};

function messagesFor(wrong: Readonly<Record<string, unknown>>): readonly string[] {
  const { error } = schema.safeParse({ ...right, ...wrong }, { error: fieldMessage });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`);
}

describe('what is wrong with a field', () => {
  it.each([
    [{ name: undefined }, 'name is required'],
    [{ colour: undefined }, 'colour is required'],
    [{ home: undefined }, 'home is required'],
    [{ name: 7 }, 'name must be a string'],
    [{ name: null }, 'name must be a string'],
    [{ home: [] }, 'home must be an object'],
    [{ home: { latitude: '1' } }, 'home.latitude must be a number'],
    [{ age: 1.5 }, 'age must be a whole number'],
    [{ age: 0 }, 'age must be at least 1'],
    [{ age: 10 }, 'age must be at most 9'],
    [{ share: 0 }, 'share must be more than 0'],
    [{ share: 1 }, 'share must be less than 1'],
    [{ name: 'A' }, 'name must have at least 2 characters'],
    [{ name: 'Grace' }, 'name must have at most 4 characters'],
    [{ tags: [] }, 'tags must have at least 1 entry'],
    [{ tags: ['a', 'b', 'c'] }, 'tags must have at most 2 entries'],
    [{ colour: 'green' }, 'colour must be one of red, blue'],
    [{ kind: 'boat' }, 'kind must be "car"'],
    [{ extras: { Radio: 'AM' } }, 'extras.Radio is not a name'],
    [{ wheels: { on: 'water' } }, 'wheels.on must be one of road, rail'],
    [{ wheels: {} }, 'wheels.on is required'],
    [{ code: 'x' }, 'code is not in the form that it must have'],
    [{ email: 'ada' }, 'email must be an e-mail address'],
    [{ at: 'noon' }, 'at must be an ISO 8601 date and time'],
    [{ plate: 'nm' }, 'plate must be capitals'],
  ])('%j: %s', (wrong, message) => {
    expect(messagesFor(wrong)).toEqual([message]);
  });

  it('is nothing where all is right', () => {
    expect(messagesFor({})).toEqual([]);
  });
});
