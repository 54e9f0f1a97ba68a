// The runtime inside a worker thread: imports the handler once, then runs one event after another.
// Plain JavaScript on purpose: a worker that must strip types first starts in 95 ms instead of 46 (measured).
import { pathToFileURL } from 'node:url';
import { isNativeError } from 'node:util/types';
import { parentPort } from 'node:worker_threads';

const environment = process.env;
if (environment.NODE_OPTIONS?.includes('--enable-source-maps')) process.setSourceMapsEnabled(true);

process.on('unhandledRejection', (reason) => {
  const text = isNativeError(reason) ? reason.toString() : String(reason);
  const trace = describe(reason).trace;
  die({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: text, trace }, 128);
});
process.on('uncaughtException', (error) => die(describe(error), 129));

const handler = await loadHandler();
parentPort.on('message', (request) => run(request));
parentPort.postMessage({ kind: 'ready' });

async function loadHandler() {
  const dot = environment._HANDLER.lastIndexOf('.');
  const file = `${environment.LAMBDA_TASK_ROOT}/${environment._HANDLER.slice(0, dot)}.mjs`;
  let bundle;
  try {
    bundle = await import(pathToFileURL(file).href);
  } catch (error) {
    return die({ ...describe(error), ...importFailure(error) }, 1);
  }
  const exported = bundle[environment._HANDLER.slice(dot + 1)];
  if (typeof exported === 'function') return exported;
  const errorMessage = `${environment._HANDLER} is undefined or not exported`;
  return die({ errorType: 'Runtime.HandlerNotFound', errorMessage, trace: [] }, 1);
}

async function run({ requestId, event, remainingMs }) {
  try {
    const payload = await handler(JSON.parse(event), contextOf(requestId, remainingMs));
    parentPort.postMessage({ kind: 'succeeded', payload: serialize(payload) });
  } catch (error) {
    parentPort.postMessage({ kind: 'failed', error: describe(error) });
  }
}

function serialize(payload) {
  try {
    return JSON.stringify(payload === undefined ? null : payload) ?? 'null';
  } catch {
    throw Object.assign(new Error('Unable to stringify response body'), { name: 'Runtime.MarshalError' });
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf(requestId, remainingMs) {
  const deadline = performance.now() + remainingMs;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: `arn:aws:lambda:${environment.AWS_REGION}:000000000000:function:${environment.AWS_LAMBDA_FUNCTION_NAME}`,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

/** As the runtime's own client reports it: anything may be thrown, `undefined` too. */
function describe(error) {
  try {
    if (isNativeError(error)) {
      return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
    }
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch {
    return { errorType: 'handled', errorMessage: 'the function threw a value that cannot be described', trace: [] };
  }
}

function importFailure(error) {
  if (error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'MODULE_NOT_FOUND') {
    return { errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${error.message}` };
  }
  return error instanceof SyntaxError ? { errorType: 'Runtime.UserCodeSyntaxError' } : {};
}

function die(error, exitCode) {
  parentPort.postMessage({ kind: 'fatal', error });
  process.exit(exitCode);
}
