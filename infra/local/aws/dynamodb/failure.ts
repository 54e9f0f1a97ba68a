/** An error of the DynamoDB API: `name` is the exception's name on the wire, `detail` its further members. */
export class DynamoDbFailure extends Error {
  override readonly name: string;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.detail = detail;
  }
}

/** The request is wrong whatever is stored. */
export function invalid(message: string): DynamoDbFailure {
  return new DynamoDbFailure('ValidationException', message);
}

/** For what DynamoDB can do and this stand-in cannot, since the product does not need it. */
export function notImplemented(what: string): DynamoDbFailure {
  return invalid(`NotImplemented: ${what}`);
}
