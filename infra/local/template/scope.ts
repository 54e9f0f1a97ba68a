import type { StackTemplate, TemplateResource } from './assembly.ts';
import { evaluate, type IntrinsicScope } from './intrinsics.ts';
import { local, physicalName } from './physical-names.ts';
import { type LocalAddresses, type ReferencedResource, type ResourceType, resourceTypes } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

/** What the names in one stack's template stand for. */
export interface StackScope extends IntrinsicScope {
  nameOf(resource: TemplateResource): string;
}

export interface ScopedStack {
  readonly stack: StackTemplate;
  readonly scope: StackScope;
}

/** The scope of `stack`; `allStacks` is asked late, because stacks may read each other's outputs. */
export function createStackScope(
  stack: StackTemplate,
  addresses: LocalAddresses,
  allStacks: () => readonly ScopedStack[],
): StackScope {
  const pseudo = pseudoParameters(stack.name);
  const find = (logicalId: string, place: string): TemplateResource =>
    stack.resources.get(logicalId) ?? fail(place, `there is no resource or parameter ${logicalId}`);
  const referenced = (resource: TemplateResource, place: string): ReferencedResource => ({
    name: scope.nameOf(resource),
    text: (property) =>
      textProperty(resource, property, scope) ?? fail(place, `${resource.logicalId} has no ${property}`),
    addresses,
  });
  const scope: StackScope = {
    nameOf(resource) {
      const { nameProperty } = typeOf(resource);
      const given = nameProperty === undefined ? undefined : textProperty(resource, nameProperty, scope);
      return given ?? physicalName(resource);
    },
    reference(name, place) {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      if (Object.hasOwn(stack.parameterDefaults, name)) return stack.parameterDefaults[name];
      const resource = find(name, place);
      const reference = typeOf(resource).ref;
      return reference === undefined ? scope.nameOf(resource) : reference(referenced(resource, place));
    },
    attribute(logicalId, attribute, place) {
      const resource = find(logicalId, place);
      const read = typeOf(resource).attributes?.[attribute];
      if (read !== undefined) return read(referenced(resource, place));
      return fail(place, `the local cloud knows no attribute ${attribute} of ${logicalId} (${resource.type})`);
    },
    stackOutput(stackName, outputName, place) {
      const producer = allStacks().find(({ stack: other }) => other.name === stackName);
      const output = producer?.stack.outputs[outputName];
      if (producer === undefined || output === undefined)
        return fail(place, `${stackName} has no output ${outputName}`);
      return evaluate(output.value, `${stackName}.Outputs.${outputName}`, producer.scope);
    },
    exportedValue(exportName, place) {
      for (const producer of allStacks()) {
        for (const [outputName, output] of Object.entries(producer.stack.outputs)) {
          const outputPlace = `${producer.stack.name}.Outputs.${outputName}`;
          const name = evaluate(output.exportName, outputPlace, producer.scope);
          if (name === exportName) return evaluate(output.value, outputPlace, producer.scope);
        }
      }
      return fail(place, `no stack exports ${exportName}`);
    },
  };
  return scope;
}

/** The row of a resource's type. Throws TemplateError if the local cloud does not know it. */
export function typeOf(resource: TemplateResource): ResourceType {
  const type = resourceTypes[resource.type];
  if (type !== undefined) return type;
  const place = `${resource.stackName}/${resource.logicalId}`;
  return fail(
    place,
    `the local cloud does not know ${resource.type}; add it to infra/local/template/resource-types.ts`,
  );
}

function textProperty(resource: TemplateResource, property: string, scope: IntrinsicScope): string | undefined {
  const place = `${resource.stackName}/${resource.logicalId}.Properties.${property}`;
  const value = evaluate(resource.properties[property], place, scope);
  return typeof value === 'string' || value === undefined ? value : fail(place, 'is not a text');
}

function pseudoParameters(stackName: string): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': local.accountId,
    'AWS::Region': local.region,
    'AWS::Partition': local.partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${local.region}:${local.accountId}:stack/${stackName}/local`,
    'AWS::NoValue': undefined,
  };
}

function fail(place: string, message: string): never {
  throw new TemplateError(`${place}: ${message}.`);
}
