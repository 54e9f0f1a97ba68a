import type { MailSettings } from '../adapters/ses/ses-mailer.ts';
import type { EnvironmentOf } from '../catalog/environment.ts';

/** Who the stage's mail comes from. @throws Error where the function was not given it: infra gives it to who may send. */
export function mailSettings({
  MAIL_FROM,
  MAIL_CONTACT_LIST,
}: Pick<EnvironmentOf<'process-job'>, 'MAIL_FROM' | 'MAIL_CONTACT_LIST'>): MailSettings {
  if (MAIL_FROM === undefined || MAIL_CONTACT_LIST === undefined) throw new Error('This function sends no mail');
  return { from: MAIL_FROM, contactList: MAIL_CONTACT_LIST };
}
