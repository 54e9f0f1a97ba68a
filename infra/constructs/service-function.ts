import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Alias,
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type EnvironmentVariables, environments } from '../../shared/catalog/environment.ts';
import { type FunctionName, functions } from '../../shared/catalog/functions.ts';
import type { Configurable } from './configurable.ts';
import { functionCode } from './function-code.ts';
import type { GradualDeployment } from './gradual-deployment.ts';

/** A function as operators see it: what callers invoke, and where it writes. */
export interface ReleasedFunction {
  readonly live: Alias;
  readonly logGroup: LogGroup;
}

export interface ServiceFunctionProps<F extends FunctionName> {
  /** The folder under functions/; also says which environment variables there must be. */
  readonly name: F;
  readonly stage: string;
  readonly logRetentionDays: number;
  readonly deployment: GradualDeployment;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
  /** Folder under dist/functions. @default the name */
  readonly asset?: string;
  /**
   * Whether the function may send messages that lead back to it. Lambda counts 16 such rounds of one chain and then drops the
   * message (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html). @default false
   */
  readonly mayRecur?: boolean;
}

/**
 * A Lambda function as all of this service are: Node 24 on arm64, its own role and log group, JSON logs, and an alias `live`
 * that is what callers invoke. Synthesis fails when a variable of its catalog environment has not been set.
 */
export class ServiceFunction<F extends FunctionName>
  extends Construct
  implements Configurable<keyof EnvironmentVariables<F> & string>, ReleasedFunction
{
  readonly live: Alias;
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly grantPrincipal: IPrincipal;
  readonly #function: LambdaFunction;
  readonly #variables = new Set<string>();

  constructor(scope: Construct, id: string, props: ServiceFunctionProps<F>) {
    super(scope, id);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.grantPrincipal = this.role;
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroup.grantWrite(this.role);
    this.#function = new LambdaFunction(this, 'Function', {
      description: functions[props.name].purpose,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: functionCode(this, props.asset ?? props.name),
      handler: 'index.handler',
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      timeout: props.timeout,
      memorySize: props.memoryMegabytes,
      recursiveLoop: props.mayRecur ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
    });
    this.#set('STAGE', props.stage);
    this.live = props.deployment.release(this, this.#function);
    this.node.addValidation({ validate: () => this.#missingVariables(props.name) });
  }

  setVariable(name: keyof EnvironmentVariables<F> & string, value: string): void {
    this.#set(name, value);
  }

  #set(name: string, value: string): void {
    this.#variables.add(name);
    this.#function.addEnvironment(name, value);
  }

  #missingVariables(name: F): string[] {
    return Object.entries(environments[name].shape)
      .filter(([variable, schema]) => !this.#variables.has(variable) && !schema.safeParse(undefined).success)
      .map(([variable]) => `${name} reads ${variable}, which nothing sets`);
  }
}
