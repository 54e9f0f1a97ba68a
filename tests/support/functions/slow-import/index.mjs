// An import that never ends, as one on a very busy machine may seem to.
await new Promise((resolve) => setTimeout(resolve, 2_147_483_647));

export const handler = async () => null;
