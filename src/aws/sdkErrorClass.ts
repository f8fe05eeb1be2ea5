type Facts = Readonly<Record<string, unknown>>;
type ErrorClass = new (facts: Facts) => object;

/**
 * The class of one kind of error, as `models/errors.js` of an AWS SDK client writes it out: the build lets the clients call this instead.
 * Of two hundred kinds a session meets two or three. A written class costs its objects when it is loaded; a plain function is nothing but
 * itself until it is first called, and becomes the class then. `members` are what errors of this kind have beside their message.
 */
export function sdkErrorClass(
  Base: ErrorClass,
  name: string,
  $fault: 'client' | 'server',
  shapeId: string,
  members: readonly string[],
): ErrorClass {
  function SdkError(facts: Facts): object {
    if (SdkError.name !== name) inherit(SdkError, Base, name);
    const error: Record<string, unknown> = Object.assign(new Base({ name, $fault, ...facts }), { name, $fault });
    Object.setPrototypeOf(error, SdkError.prototype);
    for (const member of members) error[member] = facts[member];
    return error;
  }
  SdkError.shapeId = shapeId;
  return SdkError as unknown as ErrorClass;
}

function inherit(Class: { readonly prototype: object }, Base: ErrorClass, name: string): void {
  Object.setPrototypeOf(Class, Base);
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.defineProperty(Class, 'name', { value: name });
}
