import { TemplateError } from './template-error.ts';

/** What the intrinsic functions of one template may look up. `place` says where the question stands, for the message of an error. */
export interface IntrinsicScope {
  reference(name: string, place: string): unknown;
  attribute(logicalId: string, attribute: string, place: string): unknown;
  stackOutput(stackName: string, outputName: string, place: string): unknown;
  exportedValue(exportName: string, place: string): unknown;
}

/**
 * The value of a piece of a template with every intrinsic function evaluated; what comes out as AWS::NoValue is left out.
 * Throws TemplateError for a function that is not in the table below.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function evaluate(value: unknown, place: string, scope: IntrinsicScope): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => evaluate(item, `${place}[${index}]`, scope)).filter((item) => item !== undefined);
  }
  if (!isRecord(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = intrinsics[name];
    if (intrinsic === undefined) throw new TemplateError(`${place}: the local cloud does not know ${name}.`);
    return intrinsic(value[name], new Site(`${place}.${name}`, scope));
  }
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    evaluate(item, `${place}.${key}`, scope),
  ]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A JSON object: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const intrinsics: Readonly<Record<string, (argument: unknown, site: Site) => unknown>> = {
  Ref: (argument, site) => site.scope.reference(site.text(argument), site.place),
  'Fn::GetAtt': (argument, site) => {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : site.texts(argument);
    return site.scope.attribute(logicalId ?? '', attribute.join('.'), site.place);
  },
  'Fn::Join': (argument, site) => {
    const [separator, parts] = site.list(argument);
    return site.texts(parts).join(site.text(separator));
  },
  'Fn::Sub': (argument, site) => {
    const [template, variables] = typeof argument === 'string' ? [argument, {}] : site.list(argument);
    return substitute(site.text(template), isRecord(variables) ? variables : {}, site);
  },
  'Fn::Select': (argument, site) => {
    const [index, items] = site.list(argument);
    const chosen = site.list(items)[Number(site.evaluate(index))];
    return chosen ?? site.fail(`has no element ${JSON.stringify(index)}`);
  },
  'Fn::Split': (argument, site) => {
    const [separator, text] = site.list(argument);
    return site.text(text).split(site.text(separator));
  },
  'Fn::ImportValue': (argument, site) => site.scope.exportedValue(site.text(argument), site.place),
  'Fn::GetStackOutput': (argument, site) => {
    const { StackName, OutputName } = isRecord(argument) ? argument : {};
    return site.scope.stackOutput(site.text(StackName), site.text(OutputName), site.place);
  },
};

/** `${Name}`, `${Name.Attribute}` and `${!literal}`. */
function substitute(template: string, variables: Readonly<Record<string, unknown>>, site: Site): string {
  return template.replaceAll(/\$\{([^}]+)\}/g, (_, expression: string) => {
    if (expression.startsWith('!')) return `\${${expression.slice(1)}}`;
    if (expression in variables) return site.text(variables[expression]);
    const [name = '', ...attribute] = expression.split('.');
    const value =
      attribute.length === 0
        ? site.scope.reference(name, site.place)
        : site.scope.attribute(name, attribute.join('.'), site.place);
    return site.text(value);
  });
}

/** Where an intrinsic stands, and the checks of its arguments. */
class Site {
  readonly place: string;
  readonly scope: IntrinsicScope;
  constructor(place: string, scope: IntrinsicScope) {
    this.place = place;
    this.scope = scope;
  }
  evaluate(value: unknown): unknown {
    return evaluate(value, this.place, this.scope);
  }
  text(value: unknown): string {
    const evaluated = this.evaluate(value);
    if (typeof evaluated === 'string') return evaluated;
    if (typeof evaluated === 'number' || typeof evaluated === 'boolean') return String(evaluated);
    return this.fail(`needs a text, not ${JSON.stringify(evaluated)}`);
  }
  list(value: unknown): unknown[] {
    const evaluated = this.evaluate(value);
    return Array.isArray(evaluated) ? evaluated : this.fail(`needs a list, not ${JSON.stringify(evaluated)}`);
  }
  texts(value: unknown): string[] {
    return this.list(value).map((item) => this.text(item));
  }
  fail(message: string): never {
    throw new TemplateError(`${this.place} ${message}.`);
  }
}
