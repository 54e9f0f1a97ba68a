import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import type { Item } from './dynamodb-endpoint.ts';

/** An expression of a request, and the values that its placeholders stand for. */
export interface Expression {
  readonly text: string;
  readonly ExpressionAttributeValues?: Item;
}

/** A part of an expression: each `?` in it stands for the next of its values. */
interface Part {
  readonly text: string;
  readonly values: readonly AttributeValue[];
}

const aText = fc.constantFrom('', 'a', 'ab', 'b', 'é', '😀', '\uffff', '1');
/** In plain notation: DynamoDB Local gives some numbers back as they were written. */
const aNumber = fc.constantFrom('0', '1', '-1', '10', '0.1', '-2.5', '99999999999999999999');

const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  aText.map((S) => ({ S })),
  aNumber.map((N) => ({ N })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
);

const aSet: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.uniqueArray(fc.constantFrom('a', 'ab', 'b', 'é'), { minLength: 1 }).map((SS) => ({ SS })),
  fc.uniqueArray(fc.constantFrom('0', '1', '-1', '2.5'), { minLength: 1 }).map((NS) => ({ NS })),
);

const aValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: aSet },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }).map((L) => ({ L })) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('x', 'y'), scalar).map((M) => ({ M })) },
);

const attributes = {
  a: aValue,
  b: aValue,
  m: fc.record({ x: aValue, y: aValue }, { requiredKeys: [] }).map((M) => ({ M })),
  s: aSet,
};

/** Attributes that are part of no key. */
export const attributesOnly: fc.Arbitrary<Item> = fc.record(attributes, { requiredKeys: [] });

/** Attributes beside the key. Often one is the key of an index, of a type that may be wrong. */
export const anItem: fc.Arbitrary<Item> = fc.record(
  {
    ...attributes,
    gpk: fc.oneof({ weight: 3, arbitrary: fc.constant({ S: 'g' }) }, scalar),
    gsk: fc.oneof({ weight: 3, arbitrary: aNumber.map((N) => ({ N })) }, scalar),
  },
  { requiredKeys: [] },
);

const path = fc.constantFrom('a', 'b', 's', 'm', 'm.x', 'm.y', 'm.x.x', 'gsk', 'sk');
const ofPath: fc.Arbitrary<Part> = path.map((text) => ({ text, values: [] }));
const ofValue: fc.Arbitrary<Part> = aValue.map((value) => ({ text: '?', values: [value] }));
const operand: fc.Arbitrary<Part> = fc.oneof(
  { weight: 4, arbitrary: ofPath },
  { weight: 4, arbitrary: ofValue },
  { weight: 1, arbitrary: part('size(_)', ofPath) },
);

const aTest = fc.oneof(
  ...['=', '<>', '<', '<=', '>', '>='].map((operator) => part(`_ ${operator} _`, operand, operand)),
  part('_ BETWEEN _ AND _', operand, operand, operand),
  part('_ IN (_, _)', operand, operand, operand),
  part('attribute_exists(_)', ofPath),
  part('attribute_not_exists(_)', ofPath),
  part('begins_with(_, _)', operand, operand),
  part('contains(_, _)', operand, operand),
);

const { condition } = fc.letrec<{ condition: Part }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    aTest,
    part('NOT _', tie('condition')),
    part('_ AND _', tie('condition'), tie('condition')),
    part('_ OR _', tie('condition'), tie('condition')),
    part('(_ OR _)', tie('condition'), tie('condition')),
  ),
}));

/** A condition, right or wrong, on attributes that an item may have. */
export const aCondition = condition.map(toExpression);

const target = fc.oneof(
  { weight: 9, arbitrary: path.filter((text) => text !== 'sk') },
  { weight: 1, arbitrary: fc.constantFrom('gpk', 'pk', 'new.x') },
);
const ofTarget = target.map((text): Part => ({ text, values: [] }));

const setTo = fc.oneof(
  operand.filter(({ text }) => !text.startsWith('size')),
  part('_ + _', operand, operand),
  part('_ - _', ofPath, ofValue),
  part('if_not_exists(_, _)', ofPath, operand),
  part('if_not_exists(_, _) + _', ofPath, ofValue, ofValue),
  part('list_append(_, _)', operand, operand),
);

const set = clause('SET', part('_ = _', ofTarget, setTo));
const remove = clause('REMOVE', ofTarget);
const add = clause('ADD', part('_ _', ofTarget, ofValue));
const subtract = clause('DELETE', part('_ _', ofTarget, ofValue));

/** An update, right or wrong, of attributes that an item may have. */
export const anUpdate = fc
  .subarray([set, remove, add, subtract], { minLength: 1, maxLength: 2 })
  .chain((clauses) => joined(' ', fc.tuple(...clauses)))
  .map(toExpression);

/** A condition, right or wrong, on the sort key of the partition `:pk`. */
export const aKeyCondition = fc
  .oneof(
    ...['=', '<', '<=', '>', '>=', '<>'].map((operator) => part(`pk = :pk AND sk ${operator} _`, ofValue)),
    part('sk >= _ AND pk = :pk', ofValue),
    part('pk = :pk AND sk BETWEEN _ AND _', ofValue, ofValue),
    part('pk = :pk AND begins_with(sk, _)', ofValue),
    part('pk = :pk AND _', condition),
  )
  .map(toExpression);

/** The template with the parts in the places of its underscores that stand alone. */
function part(template: string, ...parts: readonly fc.Arbitrary<Part>[]): fc.Arbitrary<Part> {
  const pieces = template.split(/(?<!\w)_(?!\w)/);
  return fc.tuple(...parts).map((filled) => ({
    text: pieces.map((piece, index) => piece + (filled[index]?.text ?? '')).join(''),
    values: filled.flatMap(({ values }) => values),
  }));
}

function clause(keyword: string, action: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  return part(`${keyword} _`, joined(', ', fc.array(action, { minLength: 1, maxLength: 2 })));
}

function joined(separator: string, parts: fc.Arbitrary<readonly Part[]>): fc.Arbitrary<Part> {
  return parts.map((all) => ({
    text: all.map(({ text }) => text).join(separator),
    values: all.flatMap(({ values }) => values),
  }));
}

function toExpression({ text, values }: Part): Expression {
  const numbered = text.split('?').map((piece, index) => (index === 0 ? piece : `:v${index - 1}${piece}`));
  const placeholders = values.map((value, index) => [`:v${index}`, value] as const);
  return {
    text: numbered.join(''),
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(placeholders) }),
  };
}
