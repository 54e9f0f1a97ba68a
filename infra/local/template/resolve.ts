import type { Assembly, TemplateResource } from './assembly.ts';
import { evaluate, isRecord } from './intrinsics.ts';
import type { LocalAddresses } from './resource-types.ts';
import { createStackScope, type ScopedStack, type StackScope, typeOf } from './scope.ts';
import { TemplateError } from './template-error.ts';

/** A resource of the template with its physical name and the values of its properties. */
export interface ResolvedResource {
  readonly type: string;
  readonly logicalId: string;
  readonly stackName: string;
  /** Physical name, the same at every start. */
  readonly name: string;
  /** What Ref gives: a queue's URL, an alias's ARN, for most types the name. */
  readonly ref: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface ResolvedTemplate {
  /** Every resource of these types in the template's order, stack by stack. */
  resourcesOf(...types: readonly string[]): ResolvedResource[];
  /** Absolute path of the asset that a deployment would upload under this key. Throws TemplateError if there is none. */
  assetFolder(resource: ResolvedResource, objectKey: string): string;
}

/**
 * Gives every value of the assembly its local meaning: names, ARNs, addresses. Throws TemplateError at once if any resource
 * is of a type that the local cloud does not know, and in `resourcesOf` for an intrinsic, reference or attribute it cannot give.
 */
export function resolveAssembly(assembly: Assembly, addresses: LocalAddresses): ResolvedTemplate {
  const scoped: readonly ScopedStack[] = assembly.stacks.map((stack) => ({
    stack,
    scope: createStackScope(stack, addresses, () => scoped),
  }));
  refuseUnknownTypes(assembly);
  return {
    resourcesOf: (...types) =>
      scoped.flatMap(({ stack, scope }) =>
        [...stack.resources.values()]
          .filter((resource) => types.includes(resource.type))
          .map((resource) => resolveResource(resource, scope)),
      ),
    assetFolder({ stackName, logicalId }, objectKey) {
      const folder = assembly.stacks.find((stack) => stack.name === stackName)?.assets.get(objectKey);
      if (folder !== undefined) return folder;
      throw new TemplateError(`${stackName}/${logicalId}: the assembly has no asset ${objectKey}.`);
    },
  };
}

function resolveResource(resource: TemplateResource, scope: StackScope): ResolvedResource {
  const place = `${resource.stackName}/${resource.logicalId}`;
  const properties = evaluate(resource.properties, `${place}.Properties`, scope);
  return {
    type: resource.type,
    logicalId: resource.logicalId,
    stackName: resource.stackName,
    name: scope.nameOf(resource),
    ref: scope.reference(resource.logicalId, place),
    properties: isRecord(properties) ? properties : {},
  };
}

/** All of them in one message, so that a larger template is taught to the table in one round. */
function refuseUnknownTypes(assembly: Assembly): void {
  const problems = assembly.stacks.flatMap((stack) => [...stack.resources.values()]).flatMap(problemOf);
  if (problems.length > 0) throw new TemplateError(problems.join('\n'));
}

function problemOf(resource: TemplateResource): string[] {
  try {
    typeOf(resource);
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return [error.message];
    throw error;
  }
}
