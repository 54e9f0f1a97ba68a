import 'a-package-nobody-bundled';

export const handler = async () => 'never';
