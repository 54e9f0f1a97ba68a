export const main = async () => 'never';
