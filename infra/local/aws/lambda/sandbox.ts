/** What an invocation reports when the function, or the sandbox around it, fails: the body Lambda answers with. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type SandboxOutcome =
  | { readonly status: 'succeeded'; readonly payload: string }
  | { readonly status: 'failed'; readonly error: FunctionError };

export interface SandboxRequest {
  readonly requestId: string;
  /** The event as JSON text, as it would travel to a real function. */
  readonly event: string;
  /** Ends the invocation, and the sandbox with it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One execution environment of one function: it runs one event at a time and keeps its memory between them.
 * Once `usable` is false it runs nothing more and a fresh one must be made.
 */
export interface Sandbox {
  readonly usable: boolean;
  /** Never rejects: whatever happens inside is the outcome of this invocation. */
  invoke(request: SandboxRequest): Promise<SandboxOutcome>;
  /** Ends it at once; an invocation under way fails. */
  close(): Promise<void>;
}

/** What is known of a function from its template. */
export interface FunctionProperties {
  readonly name: string;
  /** The unzipped asset, an absolute path. */
  readonly folder: string;
  /** `file.export`, the file being an ESM bundle ending in `.mjs`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** The whole environment, credentials and region included: nothing comes from the host. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The variables Lambda adds to a function's own, and HOME: the SDK would otherwise read the developer's `~/.aws`.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function sandboxEnvironment(properties: FunctionProperties): Record<string, string> {
  const region = properties.environment.AWS_REGION ?? 'us-east-1';
  return {
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    HOME: properties.folder,
    ...properties.environment,
    _HANDLER: properties.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: properties.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${properties.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: '[$LATEST]local',
    LAMBDA_TASK_ROOT: properties.folder,
  };
}
