/** A form as Stripe takes it: `metadata[job_id]=1&payment_method_types[0]=card` → nested objects, all values texts. */
export function parseForm(text: string): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const [first = '', ...inner] = name.replaceAll(']', '').split('[');
    let place = root;
    let last = first;
    for (const key of inner) {
      const next = place[last];
      const object: Record<string, unknown> = isObject(next) ? next : Object.create(null);
      place[last] = object;
      place = object;
      last = key;
    }
    place[last] = value;
  }
  return root;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
