import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { NotificationSettings } from '../notification-settings.ts';
import { acceptFinding } from './accepted-finding.ts';
import type { Configurable } from './configurable.ts';

/** Lets a function push and mail as the stage's settings say. */
export function grantMessages(fn: MailUser, settings: NotificationSettings): void {
  grantPush(fn, settings);
  grantMail(fn, settings);
}

/** Lets a function push to the devices of the stage's applications, and to nothing else of SNS. */
function grantPush(fn: Configurable<never>, { pushApplications }: NotificationSettings): void {
  const stack = Stack.of(fn);
  const resourceArns = pushApplications.map((application) =>
    stack.formatArn({ service: 'sns', resource: 'endpoint', resourceName: `${application}/*` }),
  );
  Grant.addToPrincipal({ grantee: fn, actions: ['sns:Publish'], resourceArns });
  acceptFinding(fn, /^AwsSolutions-IAM5\[Resource::arn:.*:endpoint\/.*\]$/, 'Every device has an endpoint of its own.');
}

/**
 * Lets a function send mail as the stage's identity, and see who wants none.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 */
function grantMail(fn: MailUser, settings: NotificationSettings): void {
  const { mailFrom, contactList } = settings;
  fn.setVariable('MAIL_FROM', mailFrom);
  fn.setVariable('MAIL_CONTACT_LIST', contactList);
  const stack = Stack.of(fn);
  const identity = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
  const ses = (resource: string, resourceName: string) => stack.formatArn({ service: 'ses', resource, resourceName });
  const list = ses('contact-list', contactList);
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['ses:SendEmail'],
    resourceArns: [ses('identity', identity), list],
  });
  Grant.addToPrincipal({ grantee: fn, actions: ['ses:GetContact'], resourceArns: [list] });
  Grant.addToPrincipal({ grantee: fn, actions: ['ses:GetSuppressedDestination'], resourceArns: ['*'] });
  acceptFinding(
    fn,
    /^AwsSolutions-IAM5\[Resource::\*\]$/,
    'ses:GetSuppressedDestination has no resource to name; the suppression list is the account’s.',
  );
}

type MailUser = Configurable<'MAIL_FROM' | 'MAIL_CONTACT_LIST'>;
