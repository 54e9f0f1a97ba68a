/** The OAuth 2.0 scopes of the API and who holds them. */
export const scopes = {
  'jobs:read': 'the app, to follow its own jobs',
  'jobs:write': 'the app, to submit and control its own jobs',
  'notifications:write': 'backends, to send notifications to travellers',
  'ops:read': 'operators, to look',
  'ops:write': 'operators, to act',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof scopes;
